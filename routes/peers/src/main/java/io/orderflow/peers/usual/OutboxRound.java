package io.orderflow.peers.usual;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes a page of an outbox: its rows are locked, sent, and deleted once the broker has all of them. After a crash
 * in between they are sent again.
 */
@Component
class OutboxRound {

    private final JdbcTemplate jdbc;
    private final KafkaTemplate<String, String> kafka;
    private final int page;

    OutboxRound(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka, @Value("${peers.outbox-page}") int page) {
        this.jdbc = jdbc;
        this.kafka = kafka;
        this.page = page;
    }

    private record Row(long id, String topic, String key, String value) {}

    /** False if it was less than a full page. */
    @Transactional
    public boolean publish(String service) {
        var rows = page(service);
        if (rows.isEmpty()) {
            return false;
        }
        CompletableFuture.allOf(rows.stream()
                        .map(row -> kafka.send(row.topic(), row.key(), row.value()))
                        .toArray(CompletableFuture[]::new))
                .join();
        jdbc.update(
                "delete from " + service + ".outbox where id = any(?)",
                statement -> statement.setArray(
                        1,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        "bigint", rows.stream().map(Row::id).toArray())));
        return rows.size() == page;
    }

    private List<Row> page(String service) {
        return jdbc.query(
                "select id, topic, key, value from " + service + ".outbox order by id limit " + page
                        + " for update skip locked",
                (row, number) -> new Row(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)));
    }
}
