package io.orderflow.http.edge;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Audit;
import io.orderflow.http.ServedPaths;
import io.orderflow.http.identity.Identity;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.Outages;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.util.function.SingletonSupplier;

/** The edge around every REST route of the application, and the settings of the server that it stands in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
public class EdgeModule {

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_PARAMETERS = 50;
    private static final int MAX_REQUESTS_OF_A_CONNECTION = 10_000;

    @Bean
    Paths<Edge> paths() {
        return new Paths<>();
    }

    /** Has the name under which camel-platform-http looks for its engine. */
    @Bean(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
    PlatformHttpEngine edgeEngine(
            @Value("${server.port:8080}") int port,
            Paths<Edge> paths,
            Admission admission,
            Waits waits,
            ObjectProvider<Audit> audit,
            Outages outages,
            MeterRegistry meters) {
        var refusedCalls = new RefusedCalls(TimeMeter.SYSTEM_NANOTIME, meters);
        return new EdgeEngine(port, paths, admission, waits, audit::getObject, refusedCalls, outages);
    }

    @Bean
    Admission admission(HttpSettings settings, ObjectProvider<Backlogs> backlogs, MeterRegistry meters) {
        return new Admission(
                new RateLimit(settings.requestsPerSecond(), settings.burst(), meters),
                new UnderWay(settings.requestsUnderWay(), meters),
                new Intake(
                        SingletonSupplier.ofNullable(backlogs::getIfAvailable),
                        settings.intakeMaxEvents(),
                        settings.intakeMaxAge(),
                        meters));
    }

    /** Newcomers find a connection however many wait. */
    @Bean
    Waits waits(HttpSettings settings, MeterRegistry meters) {
        return new Waits(
                Math.min(settings.waits(), settings.maxConnections() / 2),
                settings.waitsOfACaller(),
                settings.longestWait(),
                meters);
    }

    @Bean
    RefusalCount refusals(MeterRegistry meters) {
        return new RefusalCount(meters);
    }

    /** Stops before those who wait are called, for their answers are to end their connections. */
    @Bean
    @DependsOn("waits")
    Drain drain(HttpSettings settings) {
        return new Drain(settings.drain());
    }

    @Bean
    Origins origins(HttpSettings settings) {
        return new Origins(settings.origins());
    }

    @Bean
    EdgeServlet.Gates gates(
            HttpSettings settings,
            ObjectProvider<CamelContext> contexts,
            Drain drain,
            ObjectProvider<ServedPaths> ports) {
        var camel = SingletonSupplier.of(contexts::getObject);
        return new EdgeServlet.Gates(
                () -> camel.obtain().isStarted(),
                drain::isRunning,
                ports.getIfAvailable(() -> (port, path) -> true),
                settings.bodyDeadline());
    }

    /**
     * Serves all that comes by our ports. Spring's dispatcher, which the management's port needs as a bean, is never
     * found behind it.
     */
    @Bean
    ServletRegistrationBean<EdgeServlet> edgeServlet(
            Paths<Edge> paths,
            Identity identity,
            EdgeServlet.Gates gates,
            Origins origins,
            HttpSettings settings,
            RefusalCount refusals,
            MeterRegistry meters) {
        var events = new EventWriter(settings.longestStream(), settings.heartbeat());
        var servlet = new EdgeServlet(paths, identity, gates, origins, events, refusals, new RequestTimes(meters));
        return new ServletRegistrationBean<>(servlet, "/*");
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
                context.addLifecycleListener(EdgeModule::removeFilters);
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemValve.class.getName());
                    host.getPipeline().addValve(new ProblemValve(origins, refusals, settings.bodyDeadline()));
                }
            });
        };
    }

    /** Whoever brings them: each request would pay for them, and each is one more reader of what strangers send. */
    private static void removeFilters(LifecycleEvent event) {
        if (event.getType().equals(Lifecycle.AFTER_START_EVENT) && event.getLifecycle() instanceof Context context) {
            for (var filter : context.findFilterMaps()) {
                context.removeFilterMap(filter);
            }
        }
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
