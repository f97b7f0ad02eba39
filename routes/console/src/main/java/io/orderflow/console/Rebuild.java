package io.orderflow.console;

import java.time.Instant;
import java.util.UUID;

/**
 * All stories told anew out of what the topics hold.
 *
 * @param endedAt null while it is under way
 * @param events how many took part, or null while it is under way
 * @param failed how many could be read and not be told, or null while it is under way
 */
record Rebuild(UUID id, Instant askedAt, Instant endedAt, Long events, Long failed) {}
