package io.orderflow.shipping;

/**
 * What is to become of a parcel, and what is to be said about it.
 *
 * @param parcel the parcel from now on
 * @param says an event, a request to a worker, or null for nothing
 */
record Decision(Parcel parcel, Object says) {

    /** The message was here before. */
    static Decision nothing(Parcel parcel) {
        return new Decision(parcel, null);
    }
}
