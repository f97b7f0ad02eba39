package io.orderflow.notifications;

import java.util.UUID;

/**
 * What became of a mail.
 *
 * @param sent whether the server took it; otherwise it refused it for good
 */
record MailAnswered(UUID orderId, Outcome outcome, boolean sent) {}
