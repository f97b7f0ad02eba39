package io.orderflow.messaging.inbound;

import java.time.Duration;

/**
 * How a consumer polls.
 *
 * @param records the most records of one batch
 * @param longest how long a consumer may be busy with a batch before the broker gives its partitions to another
 */
public record Polling(int records, Duration longest) {}
