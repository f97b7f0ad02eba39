package io.orderflow.console;

import io.orderflow.messaging.Rereading.Reread;
import java.util.UUID;

/**
 * All topics were read again.
 *
 * @param rebuild whose work it was
 * @param result what became of their events
 */
record TopicsReread(UUID rebuild, Reread result) {}
