package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How far roles are behind what they hear, asked of the broker, which knows it of a consumer that is stuck or stopped,
 * too.
 */
public interface Lags {

    /**
     * How many events of each topic that it hears a role of this process has still to handle, by the topics' declared
     * names; empty if the broker does not answer.
     */
    Optional<SortedMap<String, Long>> of(Role role);
}
