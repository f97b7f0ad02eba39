package io.orderflow.http.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.identity.IdentitySettings.Mode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Who calls. Spring Security checks tokens, and refuses a bad one wherever callers are known; what a caller may do says
 * each route for itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
public class IdentityModule {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityModule.class);
    private static final DefaultBearerTokenResolver BEARER_RESOLVER = new DefaultBearerTokenResolver();

    @Bean
    Identity identity(IdentitySettings settings, ServerProperties server, Environment environment) {
        if (settings.mode() == Mode.JWT) {
            return new TokenIdentity();
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

    @Bean
    SecurityFilterChain tokens(HttpSecurity http, IdentitySettings settings, TokenRefusals refusals) throws Exception {
        http.securityMatcher(request -> request.getAttribute(Identity.ASKED_FOR) != null)
                .csrf(AbstractHttpConfigurer::disable) // no cookie says who calls
                .headers(AbstractHttpConfigurer::disable) // the edge's filter sets them
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        if (settings.mode() == Mode.JWT) {
            http.addFilterBefore(bearers(settings, refusals), AnonymousAuthenticationFilter.class);
        }
        return http.build();
    }

    /**
     * Leaves paths and headers to the edge's filter, and methods to Spring's dispatcher, which answers 405. A header
     * that comes through is judged by whoever reads it.
     */
    @Bean
    HttpFirewall everyMethod() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }

    private static String onlyToken(HttpServletRequest request) {
        if (Collections.list(request.getHeaders("Authorization")).size() > 1) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("more than one"));
        }
        return BEARER_RESOLVER.resolve(request);
    }

    /** By itself, for Spring's set-up of a resource server brings DPoP along. */
    private static BearerTokenAuthenticationFilter bearers(IdentitySettings settings, TokenRefusals refusals) {
        var provider = new JwtAuthenticationProvider(Tokens.of(settings));
        provider.setJwtAuthenticationConverter(token -> new JwtAuthenticationToken(
                token,
                RoleClaim.of(token, settings.rolesClaim()).orElseThrow().stream()
                        .map(SimpleGrantedAuthority::new)
                        .toList()));
        var converter = new BearerTokenAuthenticationConverter();
        converter.setBearerTokenResolver(IdentityModule::onlyToken);
        var filter = new BearerTokenAuthenticationFilter(new ProviderManager(provider), converter);
        filter.setAuthenticationEntryPoint((request, response, failure) -> {
            refusals.count(failure.getCause() instanceof BadJwtException bad ? bad.getMessage() : "form");
            refuse(response);
        });
        return filter;
    }

    /** Does not say what is wrong with a token: an honest caller can read its own, and a forger learns nothing. */
    private static void refuse(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        throw new Refusal(Problem.of(
                ProblemType.UNAUTHENTICATED, "Authorization: not accepted (expected: one valid bearer token)"));
    }
}
