package io.orderflow.messaging.flow;

import java.time.Duration;

/**
 * How messages that wait at the same time share transactions.
 *
 * @param waiting how many may wait on one channel before more are refused
 * @param messages the most that share a transaction
 * @param answersTogether how long the answer of work waits for those of the work beside it, to share their transaction
 * @param patience how long the answer of work that is done waits for infrastructure that is away
 */
public record Sharing(int waiting, int messages, Duration answersTogether, Duration patience) {}
