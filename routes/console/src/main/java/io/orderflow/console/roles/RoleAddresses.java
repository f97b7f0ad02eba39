package io.orderflow.console.roles;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.http.OwnPort;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Where the roles' operators' ports are: as the settings say, and this process's own for a role that runs here. A name
 * is looked up among the declared ones and never made into an address.
 */
public final class RoleAddresses {

    private final Collection<Role> declared;
    private final Map<String, URI> given;
    private final OwnPort own;

    /**
     * @param setting its name, for what is said of a wrong one
     * @param given by the roles' names
     */
    RoleAddresses(Topology topology, String setting, Map<String, URI> given, OwnPort own) {
        this.declared = topology.roles();
        this.given = Map.copyOf(given);
        this.own = own;
        given.forEach((name, address) -> check(setting + "." + name, name, address));
    }

    private void check(String setting, String name, URI address) {
        if (find(name).isEmpty()) {
            throw new IllegalArgumentException(setting + ": no role (expected: one of " + declared + ")");
        }
        if (!isOfAServer(address)
                || address.getRawQuery() != null
                || !address.getRawPath().isEmpty()) {
            throw new IllegalArgumentException(
                    setting + ": no address of a port (expected: as http://payments.example:8081)");
        }
    }

    /** Whether it leads to a server over HTTP, and says no more of who asks than that. */
    public static boolean isOfAServer(URI address) {
        return address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawFragment() == null
                && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    }

    /** All that are declared, whether somebody answers for them or not. */
    public Collection<Role> declared() {
        return declared;
    }

    /** The declared role of this name. */
    public Optional<Role> find(String name) {
        return declared.stream().filter(role -> role.name().equals(name)).findFirst();
    }

    /** Where its operators' port is; empty where nobody says so. */
    public Optional<URI> of(Role role) {
        var address = given.get(role.name());
        return address == null && own.roles().contains(role)
                ? Optional.of(own.address())
                : Optional.ofNullable(address);
    }
}
