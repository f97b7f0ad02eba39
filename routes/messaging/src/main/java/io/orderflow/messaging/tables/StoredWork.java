package io.orderflow.messaging.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderflow.messaging.Work;

/**
 * A request as its row has it: JSON with the name of its class. A worker reads it in this form wherever it comes from,
 * memory or table, so that both say the same.
 */
record StoredWork(String type, JsonNode work) {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private record Written(String type, Work work) {}

    static String write(Work work) {
        try {
            return JSON.writeValueAsString(new Written(work.getClass().getName(), work));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Work read(String body) {
        try {
            var stored = JSON.readValue(body, StoredWork.class);
            var type = Class.forName(stored.type());
            if (!Work.class.isAssignableFrom(type)) {
                throw new IllegalStateException("work: " + stored.type() + " (expected: a Work)");
            }
            return (Work) JSON.treeToValue(stored.work(), type);
        } catch (JsonProcessingException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
