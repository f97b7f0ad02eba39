package io.orderflow.console;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Stories without a database. */
final class StoriesInMemory implements StoryRows {

    final Map<UUID, Story> stories = new HashMap<>();
    final Map<UUID, Map<Chapter.Key, Chapter>> chapters = new HashMap<>();
    final Set<UUID> locked = new HashSet<>();
    int written;

    @Override
    public void lock(Collection<UUID> orders) {
        locked.addAll(orders);
    }

    @Override
    public List<Chapter> chapters(Collection<UUID> orders) {
        return orders.stream()
                .flatMap(order -> chapters.getOrDefault(order, Map.of()).values().stream())
                .toList();
    }

    @Override
    public void saveChapters(Collection<Chapter> some) {
        for (var chapter : some) {
            written++;
            var kept = chapters.computeIfAbsent(chapter.orderId(), none -> new HashMap<>());
            var known = kept.get(chapter.key());
            var readAt =
                    known != null && known.readAt() != null ? known.readAt() : chapter.isHeardNow() ? Sagas.NOON : null;
            kept.put(chapter.key(), read(chapter, readAt));
        }
    }

    private static Chapter read(Chapter chapter, Instant readAt) {
        return new Chapter(
                chapter.orderId(),
                chapter.eventId(),
                chapter.type(),
                chapter.source(),
                chapter.topic(),
                chapter.partition(),
                chapter.offset(),
                chapter.occurredAt(),
                chapter.publishedAt(),
                readAt,
                false,
                chapter.traceId(),
                chapter.details());
    }

    @Override
    public void saveStories(Collection<Story> some) {
        some.forEach(story -> stories.put(story.orderId(), story));
    }

    @Override
    public void mendStories(Collection<Story> some) {
        saveStories(some);
    }
}
