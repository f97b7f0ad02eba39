package io.orderflow.console.roles;

import io.orderflow.contracts.Topology;
import io.orderflow.http.OwnPort;
import java.net.URI;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How console speaks to the other roles, as a part of it. */
@Configuration(proxyBeanMethods = false)
public class RolesModule {

    /** Where the roles are, as console's settings say. */
    public record Given(Map<String, URI> ports) {}

    @Bean
    RoleAddresses roleAddresses(Topology topology, Given given, OwnPort own) {
        return new RoleAddresses(topology, "orderflow.console.roles", given.ports(), own);
    }

    @Bean
    RoleClient roleClient() {
        return new RoleClient();
    }

    @Bean
    RolesApi rolesApi(RoleAddresses addresses, RoleClient client) {
        return new RolesApi(new RolesDesk(RoleCalls.described(), addresses, client));
    }
}
