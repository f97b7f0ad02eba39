package io.orderflow.e2e.planted.messaging.relay;

/** What the door should not know. */
public final class PlantedRelay {}
