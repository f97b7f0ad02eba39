package io.orderflow.messaging;

import java.time.Duration;

/** What services' own settings must fit: how long the backbone remembers, and how many workers call at once. */
public interface Limits {

    /** How long the inbox remembers an event: none that is older can still arrive, and none that is younger is forgotten. */
    Duration inboxRetention();

    /** How many pieces of work of one channel are under way at once. */
    int workers();
}
