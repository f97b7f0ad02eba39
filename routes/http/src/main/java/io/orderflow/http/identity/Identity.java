package io.orderflow.http.identity;

import io.orderflow.http.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** How a caller shows who it is: by a token, or by a header on one's own machine. */
public interface Identity {

    /**
     * Who sends this request; empty where it does not say.
     *
     * @throws Refusal 400, if it says so in a form that is none; 401, if what it shows is not good; 503, if nobody can
     *     tell
     */
    Optional<Visitor> visitor(HttpServletRequest request);
}
