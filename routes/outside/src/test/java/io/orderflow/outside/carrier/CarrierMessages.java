package io.orderflow.outside.carrier;

import io.orderflow.outside.IncomingAnswer;
import io.orderflow.outside.OutgoingRequest;
import io.orderflow.outside.Unanswered;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes calls and reads answers as the carrier has them: grams there, "parcel-1 has label 4711" back. */
final class CarrierMessages {

    private static final String TEXT = "text/plain";
    private static final Pattern LABEL = Pattern.compile("(\\S{1,64}) has label ([0-9]{1,20})");

    private CarrierMessages() {}

    static OutgoingRequest request(Parcel parcel) {
        var body = Integer.toString(parcel.grams()).getBytes(StandardCharsets.US_ASCII);
        return new OutgoingRequest("PUT", "/parcels/" + parcel.key(), TEXT, body);
    }

    static Label answer(Parcel parcel, IncomingAnswer answer) {
        if (answer.status() != 200 || !TEXT.equals(answer.contentType())) {
            throw new Unanswered("carrier: status " + answer.status() + " (expected: 200, " + TEXT + ")");
        }
        var label = LABEL.matcher(new String(answer.body(), StandardCharsets.US_ASCII));
        if (!label.matches() || !label.group(1).equals(parcel.key())) {
            throw new Unanswered("carrier: body (expected: the label of the parcel)");
        }
        return new Label(label.group(2));
    }
}
