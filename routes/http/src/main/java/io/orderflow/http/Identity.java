package io.orderflow.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** How a caller shows who it is. */
interface Identity {

    /**
     * Who sends this request; empty where it does not say.
     *
     * @throws Refusal 400, if it says so in a form that is none
     */
    Optional<Visitor> visitor(HttpServletRequest request);
}
