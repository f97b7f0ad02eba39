package io.orderflow.http.edge;

import io.orderflow.http.identity.HeaderIdentity;
import io.orderflow.http.identity.Identity;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * What can fail beside the routes: the edge itself, at a caller called {@value #BROKEN}, and something at {@code
 * /closed} that the container answers for.
 */
@Configuration(proxyBeanMethods = false)
class Beside {

    static final String BROKEN = "broken";

    @Bean
    @Primary
    Identity failing() {
        var known = new HeaderIdentity();
        return request -> {
            if (BROKEN.equals(request.getHeader(HeaderIdentity.HEADER))) {
                throw new IllegalStateException("secret", new IllegalArgumentException("secret"));
            }
            return known.visitor(request);
        };
    }

    @Bean
    ServletRegistrationBean<HttpServlet> closed() {
        var servlet = new HttpServlet() {

            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "secret");
            }
        };
        return new ServletRegistrationBean<>(servlet, "/closed");
    }
}
