package io.orderflow.messaging.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A record's headers as JSON: pairs of name and value in Base64, for both may be any bytes. */
final class KeptHeaders {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptHeaders() {}

    static String write(List<Received.Header> headers) {
        try {
            return JSON.writeValueAsString(headers.stream()
                    .map(header -> Arrays.asList(
                            Base64.getEncoder().encodeToString(header.name().getBytes(StandardCharsets.UTF_8)),
                            header.value() == null ? null : Base64.getEncoder().encodeToString(header.value())))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Received.Header> read(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<List<String>>>() {}).stream()
                    .map(pair -> new Received.Header(
                            new String(Base64.getDecoder().decode(pair.get(0)), StandardCharsets.UTF_8),
                            pair.get(1) == null ? null : Base64.getDecoder().decode(pair.get(1))))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
