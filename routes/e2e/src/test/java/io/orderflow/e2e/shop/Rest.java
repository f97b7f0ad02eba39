package io.orderflow.e2e.shop;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * When a system is at rest: every event is heard, every outbox and every work table is empty, and nothing was said
 * while this was looked at.
 */
final class Rest implements AutoCloseable {

    private final Site site;
    private final Topology topology;
    private final Admin admin;

    Rest(Site site, Topology topology) {
        this.site = site;
        this.topology = topology;
        this.admin = Admin.create(Map.of("bootstrap.servers", site.broker().address()));
    }

    /** What has not happened yet, one line each with its role; nothing once the system is at rest. */
    List<String> isAwaited(JdbcTemplate jdbc) throws ExecutionException, InterruptedException {
        var before = ends();
        var awaited = unheard(before);
        for (var role : topology.roles()) {
            int waiting = waiting(jdbc, role);
            if (waiting > 0) {
                awaited.add(role + ": " + waiting + " rows of its outbox and its work");
            }
        }
        if (awaited.isEmpty() && !ends().equals(before)) {
            awaited.add("what was said while this was looked at");
        }
        return awaited;
    }

    private static int waiting(JdbcTemplate jdbc, Role role) {
        return jdbc.queryForObject(
                "select (select count(*) from %s.outbox) + (select count(*) from %<s.work)".formatted(role),
                Integer.class);
    }

    private List<String> unheard(Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        var unheard = new ArrayList<String>();
        for (var role : topology.roles()) {
            var committed = admin.listConsumerGroupOffsets(site.prefix() + role)
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (var channel : topology.readBy(role)) {
                for (int partition = 0; partition < Site.PARTITIONS; partition++) {
                    var where = new TopicPartition(site.topic(channel.topic()), partition);
                    var heard = committed.get(where) == null
                            ? 0
                            : committed.get(where).offset();
                    if (heard < ends.get(where)) {
                        unheard.add("%s: has heard %d of %d on %s".formatted(role, heard, ends.get(where), where));
                    }
                }
            }
        }
        return unheard;
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        var wanted = topology.channels().stream()
                .flatMap(channel -> IntStream.range(0, Site.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(site.topic(channel.topic()), partition)))
                .collect(Collectors.toMap(Function.identity(), where -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(wanted).all().get().forEach((where, info) -> ends.put(where, info.offset()));
        return ends;
    }

    @Override
    public void close() {
        admin.close();
    }
}
