package io.orderflow.outside.carrier;

/** The carrier's word that it fetches a parcel. */
record Label(String number) {}
