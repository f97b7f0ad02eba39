package io.orderflow.http.identity;

import io.orderflow.http.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** How a caller shows who it is: by a token, or by a header on one's own machine. */
public interface Identity {

    /**
     * The attribute of a request that came by a port on which callers are known: the edge sets it. On any other, as the
     * management's, nobody looks at tokens.
     */
    String ASKED_FOR = Identity.class.getName();

    /**
     * Who sends this request; empty where it does not say.
     *
     * @throws Refusal 400, if it says so in a form that is none
     */
    Optional<Visitor> visitor(HttpServletRequest request);
}
