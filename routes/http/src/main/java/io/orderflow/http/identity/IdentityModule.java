package io.orderflow.http.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.identity.IdentitySettings.Mode;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Who calls. What a caller may do says each route for itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
public class IdentityModule {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityModule.class);

    @Bean
    Identity identity(
            IdentitySettings settings, ServerProperties server, Environment environment, TokenRefusals refusals) {
        if (settings.mode() == Mode.JWT) {
            return new TokenIdentity(Tokens.of(settings), settings.rolesClaim(), refusals);
        }
        if (!isOnOwnMachine(server.getAddress(), environment)) {
            if (!settings.insecureTrustEveryone()) {
                throw new IllegalArgumentException("orderflow.identity.mode: none (expected: jwt; or none with the"
                        + " profile local and server.address on loopback, or with"
                        + " orderflow.identity.insecure-trust-everyone=true on a throw-away system)");
            }
            LOG.warn("Everybody who reaches the port may do everything: orderflow.identity.mode is none");
        }
        return new HeaderIdentity();
    }

    private static boolean isOnOwnMachine(InetAddress address, Environment environment) {
        return environment.acceptsProfiles(Profiles.of("local")) && address != null && address.isLoopbackAddress();
    }

    @Bean
    TokenRefusals tokenRefusals(MeterRegistry meters) {
        return new TokenRefusals(meters);
    }
}
