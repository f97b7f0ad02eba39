package io.orderflow.http.edge;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Audit;
import io.orderflow.http.identity.Identity;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.Outages;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;

/** The edge around every REST route of the application, and the settings of the server that it stands in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
public class EdgeModule {

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_PARAMETERS = 50;
    private static final int MAX_REQUESTS_OF_A_CONNECTION = 10_000;

    /** Has the name under which camel-platform-http looks for its engine. */
    @Bean(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
    PlatformHttpEngine edgeEngine(
            @Value("${server.port:8080}") int port,
            Admission admission,
            ObjectProvider<Audit> audit,
            Outages outages,
            MeterRegistry meters) {
        var refusedCalls = new RefusedCalls(TimeMeter.SYSTEM_NANOTIME, meters);
        return new EdgeEngine(port, admission, audit::getObject, refusedCalls, outages);
    }

    @Bean
    Admission admission(
            Identity identity, HttpSettings settings, ObjectProvider<Backlogs> backlogs, MeterRegistry meters) {
        return new Admission(
                identity,
                new RateLimit(settings.requestsPerSecond(), settings.burst(), meters),
                new UnderWay(settings.requestsUnderWay(), meters),
                new Intake(backlogs::getIfAvailable, settings.intakeMaxEvents(), settings.intakeMaxAge(), meters));
    }

    @Bean
    RefusalCount refusals(MeterRegistry meters) {
        return new RefusalCount(meters);
    }

    @Bean
    Drain drain(HttpSettings settings) {
        return new Drain(settings.drain());
    }

    @Bean
    Origins origins(HttpSettings settings) {
        return new Origins(settings.origins());
    }

    /**
     * Stands behind Spring's observation filter, so that what it refuses is measured, too, and before every other
     * filter.
     */
    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(
            HttpSettings settings,
            Origins origins,
            RefusalCount refusals,
            ObjectProvider<CamelContext> camel,
            Drain drain) {
        var filter = new EdgeFilter(
                () -> camel.getObject().isStarted(), drain::isRunning, settings.bodyDeadline(), origins, refusals);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    /** TRACE is a method that no path has, and refused as such. Spring would answer it before it looks at paths. */
    @Bean
    SmartInitializingSingleton traceIsDispatched(ObjectProvider<DispatcherServlet> dispatcher) {
        return () -> dispatcher.ifAvailable(servlet -> servlet.setDispatchTraceRequest(true));
    }

    /**
     * Replaces Spring's own error page, which would repeat the path. An error is answered where it occurs, and no
     * request is forwarded to a page.
     */
    @Bean
    ErrorController noErrorPage() {
        return new ErrorController() {};
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> edgeTomcat(
            HttpSettings settings, Origins origins, RefusalCount refusals) {
        return tomcat -> {
            tomcat.setProtocol(EdgeProtocol.class.getName());
            tomcat.addConnectorCustomizers(connector -> {
                connector.setAllowTrace(true); // so that its path gets to refuse it
                connector.setXpoweredBy(false);
                connector.setMaxParameterCount(MAX_PARAMETERS);
                connector.setMaxPostSize(Body.MAX_BYTES);
                if (connector.getProtocolHandler() instanceof EdgeProtocol http) {
                    limit(http, settings);
                }
            });
            tomcat.addContextCustomizers(context -> {
                for (var page : context.findErrorPages()) {
                    context.removeErrorPage(page);
                }
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemValve.class.getName());
                    host.getPipeline().addValve(new ProblemValve(origins, refusals));
                }
            });
        };
    }

    private static void limit(EdgeProtocol http, HttpSettings settings) {
        http.setMaxConnections(settings.maxConnections());
        http.setConnectionTimeout((int) settings.headerTimeout().toMillis());
        http.setHeadDeadline(settings.headDeadline());
        http.setAnswerDeadline(settings.answerDeadline());
        http.setMaxKeepAliveRequests(MAX_REQUESTS_OF_A_CONNECTION);
        http.setKeepAliveTimeout((int) settings.keepAlive().toMillis());
        http.setContinueResponseTiming("onRead"); // a body that is refused unread is not asked for
        http.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
        http.setMaxHeaderCount(MAX_HEADERS);
    }
}
