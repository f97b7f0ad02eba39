package io.orderflow.shipping;

/** Who takes parcels to customers. */
interface Carrier {

    /** Hands a parcel over; the same again is known by its key and changes nothing. */
    ParcelSent sendParcel(SendParcel parcel);
}
