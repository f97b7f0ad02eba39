package io.orderflow.console;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where stories are kept, a batch at a time. */
interface StoryRows {

    /**
     * Locks the stories of these orders until the transaction ends, and makes them where there are none: two channels
     * that tell of one order at the same time would miss each other's event.
     */
    void lock(Collection<UUID> orders);

    /** All that was said of these orders, under the lock of their stories. */
    List<Chapter> chapters(Collection<UUID> orders);

    /** Stores chapters, whether they were there or not; when one was read first stays. */
    void saveChapters(Collection<Chapter> chapters);

    /** Stores where stories stand of which something was said. */
    void saveStories(Collection<Story> stories);

    /** Stores where stories stand of which nothing new was said, if that is not what is stored. */
    void mendStories(Collection<Story> stories);
}
