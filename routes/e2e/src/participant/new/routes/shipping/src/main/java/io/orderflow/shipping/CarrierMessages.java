package io.orderflow.shipping;

import io.orderflow.outside.IncomingAnswer;
import io.orderflow.outside.OutgoingRequest;
import io.orderflow.outside.Unanswered;
import java.nio.charset.StandardCharsets;

/** How a carrier over HTTP is asked, and how its answer is read: a line of text with the parcel's label. */
final class CarrierMessages {

    private static final String TEXT = "text/plain";

    private CarrierMessages() {}

    static OutgoingRequest request(SendParcel parcel) {
        return new OutgoingRequest("PUT", "/parcels/" + parcel.key(), TEXT, new byte[0]);
    }

    static ParcelSent answer(SendParcel parcel, IncomingAnswer answer) {
        if (answer.status() != 200 || !TEXT.equals(answer.contentType()) || answer.body() == null) {
            throw new Unanswered("carrier: status " + answer.status() + " (expected: 200, " + TEXT + ")");
        }
        return new ParcelSent(parcel.orderId(), new String(answer.body(), StandardCharsets.US_ASCII));
    }
}
