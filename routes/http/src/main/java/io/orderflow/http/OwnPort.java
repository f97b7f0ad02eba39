package io.orderflow.http;

import io.orderflow.contracts.Role;
import java.net.URI;
import java.util.List;

/** The operators' port of this very process, for a part of it that speaks to operators' ports. */
public interface OwnPort {

    /** Where it is, while the process runs. */
    URI address();

    /** The roles of this process, for which it answers. */
    List<Role> roles();
}
