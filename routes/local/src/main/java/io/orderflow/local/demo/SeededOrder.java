package io.orderflow.local.demo;

/**
 * An order that somebody is going to place.
 *
 * @param at when, in seconds from the beginning
 * @param key its idempotency key
 * @param body as it is sent
 * @param repeated whether it is sent twice at once, as by a finger that slips
 */
record SeededOrder(double at, String key, String body, boolean repeated) {}
