package io.orderflow.messaging.inbound;

import io.orderflow.messaging.ParkedSearch;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.tables.ParkedWhole;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the parked events of this process's roles are, each list of theirs as one. */
public final class ParkedSearches implements ParkedSearch {

    private static final Comparator<Listed> BY_PLACE = Comparator.<Listed, java.time.Instant>comparing(
                    listed -> listed.event().parkedAt())
            .thenComparing(listed -> listed.event().id().toString());

    private static final Comparator<Group> BY_NAME = Comparator.comparing(Group::group)
            .thenComparing(group -> group.role().name());

    private final Backbones backbones;
    private final Receivers receivers;
    private final JdbcTemplate jdbc;

    public ParkedSearches(Backbones backbones, Receivers receivers, JdbcTemplate jdbc) {
        this.backbones = backbones;
        this.receivers = receivers;
        this.jdbc = jdbc;
    }

    @Override
    public List<Listed> list(Filter filter, Place after, int limit) {
        return backbones.all().stream()
                .flatMap(backbone -> backbone.tables().parked().lists().list(filter, after, limit).stream())
                .sorted(BY_PLACE)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Group> groups(GroupPlace after, int limit) {
        return backbones.all().stream()
                .flatMap(backbone -> groups(backbone, after, limit).stream())
                .sorted(BY_NAME)
                .limit(limit)
                .toList();
    }

    private static List<Group> groups(Backbone backbone, GroupPlace after, int limit) {
        boolean included = after == null || backbone.role().name().compareTo(after.role()) > 0;
        return backbone.tables().parked().lists().groups(after == null ? "" : after.group(), included, limit);
    }

    @Override
    public Optional<Whole> find(UUID id) {
        return wholes().flatMap(whole -> whole.find(id).stream()).findFirst();
    }

    @Override
    public Optional<Part> payload(UUID id, int from, int bytes) {
        return wholes().flatMap(whole -> whole.payload(id, from, bytes).stream())
                .findFirst();
    }

    private Stream<ParkedWhole> wholes() {
        return backbones.all().stream()
                .map(backbone ->
                        new ParkedWhole(jdbc, backbone.role(), topic -> receivers.areErasable(backbone.role(), topic)));
    }
}
