package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;

/** The backbone's tables of one role, in the schema of its name. */
public record Tables(Role role, Inbox inbox, Outbox outbox, WorkRows work, ParkedRows parked) {}
