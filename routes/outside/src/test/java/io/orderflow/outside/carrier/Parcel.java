package io.orderflow.outside.carrier;

/**
 * What the carrier is to fetch.
 *
 * @param key by which the carrier knows the parcel again, however often it is asked to fetch it
 */
record Parcel(String key, int grams) {}
