// Adds up what confirmed orders bring in. It needs kafka-clients, jackson-databind, PostgreSQL's driver and reader.sql:
// java -cp 'lib/*' reader.java localhost:9092 turnover order_events 'jdbc:postgresql://localhost/turnover?user=me'
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

public class Reader {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String... args) throws SQLException {
        Map<String, Object> settings = Map.of("bootstrap.servers", args[0], "group.id", args[1],
                "auto.offset.reset", "earliest", "enable.auto.commit", "false");
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes);
                var database = DriverManager.getConnection(args[3])) {
            database.setAutoCommit(false);
            consumer.subscribe(List.of(args[2]));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    take(record, database);
                }
                database.commit(); // first the work,
                consumer.commitSync(); // then the position: what comes again after a crash has been seen
            }
        }
    }

    static void take(ConsumerRecord<byte[], byte[]> record, Connection database) throws SQLException {
        JsonNode event;
        try {
            event = JSON.readTree(record.value() == null ? new byte[0] : record.value());
        } catch (IOException e) {
            event = MissingNode.getInstance(); // kept below, for whoever has to look at it
        }
        if (event.isObject() && !event.path("event_type").asText().equals("OrderConfirmed")) {
            return; // a type that nobody handles here, or does not know yet
        }
        var total = event.path("payload").path("total");
        if (event.path("event_version").asInt() != 1 || !total.path("amount_minor").isIntegralNumber()) {
            update(database, "insert into set_aside values (?, ?, ?) on conflict do nothing",
                    record.partition(), record.offset(), record.value());
            return; // not understood: nothing is guessed
        }
        if (update(database, "insert into seen values (?) on conflict do nothing",
                UUID.fromString(event.path("event_id").asText())) == 1) { // else it came before
            update(database, "insert into turnover values (?, ?, ?)", UUID.fromString(event.path("order_id").asText()),
                    total.path("amount_minor").asLong(), total.path("currency").asText());
        }
    }

    static int update(Connection database, String sql, Object... values) throws SQLException {
        try (var statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
