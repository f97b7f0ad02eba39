package io.orderflow.console;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * An order in a list of stories.
 *
 * @param settled whether nothing is owed any more
 * @param waitingSince since when it waits, or null
 */
record StoryLine(
        UUID orderId,
        Story.State state,
        String reason,
        boolean settled,
        Instant beganAt,
        Instant waitingSince,
        List<Wait> waitsFor) {

    /**
     * What somebody owes the order.
     *
     * @param parked what that service says it has parked of this order: most likely the cause
     */
    record Wait(String service, List<String> events, Instant since, List<UUID> parked) {

        static List<Wait> of(Story story, Collection<Chapter> chapters) {
            return story.waits().stream()
                    .map(one -> new Wait(
                            one.service(),
                            one.events(),
                            one.since(),
                            Decisions.parkedBy(one.service(), chapters)
                                    .map(chapter -> chapter.details().parkId())
                                    .toList()))
                    .toList();
        }
    }

    /** @param chapters of one order, at least one */
    static StoryLine of(List<Chapter> chapters) {
        var story = Decisions.story(chapters.getFirst().orderId(), chapters);
        return new StoryLine(
                story.orderId(),
                story.state(),
                story.reason(),
                story.waits().isEmpty(),
                story.beganAt(),
                story.waitingSince(),
                Wait.of(story, chapters));
    }
}
