package io.orderflow.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The story of an order as an operator sees it.
 *
 * @param settled whether nothing is owed any more
 * @param events in the order in which they could be heard
 */
record StoryShown(
        UUID orderId,
        Story.State state,
        String reason,
        boolean settled,
        Instant beganAt,
        List<StoryLine.Wait> waitsFor,
        List<Said> events) {

    /**
     * An event of the story.
     *
     * @param outboxMillis how long it waited in its service's outbox, or null
     * @param topicMillis how long it waited on its topic until console read it, or null
     * @param after the event that led to it, or null
     * @param serviceMillis from when that one could be heard until this one was decided, or null: the way there, the
     *     wait on the topic, and the time in the service
     * @param undoes the event whose effect it takes back, or null
     */
    record Said(
            UUID eventId,
            String type,
            String source,
            String topic,
            int partition,
            long offset,
            Instant occurredAt,
            Instant publishedAt,
            Instant readAt,
            Long outboxMillis,
            Long topicMillis,
            UUID after,
            Long serviceMillis,
            UUID undoes,
            String traceId,
            String reason,
            String by,
            Long amountMinor,
            String currency,
            UUID parkId,
            String about) {

        static Said of(Chapter chapter, List<Chapter> all) {
            var cause = Decisions.causeOf(chapter, all);
            var details = chapter.details();
            return new Said(
                    chapter.eventId(),
                    chapter.type(),
                    chapter.source(),
                    chapter.topic(),
                    chapter.partition(),
                    chapter.offset(),
                    chapter.occurredAt(),
                    chapter.publishedAt(),
                    chapter.readAt(),
                    millis(chapter.occurredAt(), chapter.publishedAt()),
                    millis(chapter.publishedAt(), chapter.readAt()),
                    cause.map(Chapter::eventId).orElse(null),
                    cause.map(before -> millis(before.toldAt(), chapter.occurredAt()))
                            .orElse(null),
                    Decisions.undoneBy(chapter, all).map(Chapter::eventId).orElse(null),
                    chapter.traceId(),
                    details.reason(),
                    details.by(),
                    details.amountMinor(),
                    details.currency(),
                    details.parkId(),
                    details.about());
        }

        /** Of two clocks: it may be less than nothing. */
        private static Long millis(Instant from, Instant to) {
            return from == null || to == null
                    ? null
                    : Duration.between(from, to).toMillis();
        }
    }

    /** @param chapters of this order, at least one */
    static StoryShown of(UUID order, List<Chapter> chapters) {
        var story = Decisions.story(order, chapters);
        return new StoryShown(
                order,
                story.state(),
                story.reason(),
                story.waits().isEmpty(),
                story.beganAt(),
                StoryLine.Wait.of(story, chapters),
                chapters.stream()
                        .sorted(Comparator.comparing(Chapter::toldAt)
                                .thenComparing(Chapter::topic)
                                .thenComparing(Chapter::offset)
                                .thenComparing(Chapter::eventId))
                        .map(chapter -> Said.of(chapter, chapters))
                        .toList());
    }
}
