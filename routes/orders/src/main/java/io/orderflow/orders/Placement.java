package io.orderflow.orders;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderflow.contracts.Money;
import io.orderflow.http.Problem.FieldError;
import java.util.List;
import java.util.UUID;

/** What becomes of a {@link PlaceOrder}. A refusal is an answer, too: the same key gets the same one again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "placement")
@JsonSubTypes({
    @Type(name = "accepted", value = Placement.Accepted.class),
    @Type(name = "refused", value = Placement.Refused.class)
})
sealed interface Placement {

    /** The order is stored and will come to its end. */
    record Accepted(UUID id, Money total) implements Placement {}

    /** The catalogue does not allow it. */
    record Refused(List<FieldError> errors) implements Placement {

        public Refused {
            errors = List.copyOf(errors);
        }
    }

    /** The key stands for another order, and stays with it: this is never kept. */
    record KeyTaken() implements Placement {}
}
