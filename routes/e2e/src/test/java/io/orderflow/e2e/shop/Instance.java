package io.orderflow.e2e.shop;

import io.orderflow.app.Orderflow;
import io.orderflow.http.ops.OpsPort;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.assembly.Roles;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** One running instance of the app in this JVM, on random ports. */
public final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    public Instance(Site site, String... settings) {
        context = Orderflow.start(arguments(site, settings).toArray(String[]::new));
    }

    /** The command line of an instance at a site; what a test adds wins. */
    public static List<String> arguments(Site site, String... settings) {
        var url = site.database().url();
        Map<String, String> arguments = new LinkedHashMap<>();
        var all = Stream.concat(
                Stream.of(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--orderflow.ops.port=0",
                        "--orderflow.http.requests-per-second=0",
                        "--orderflow.http.requests-under-way=0",
                        "--orderflow.identity.mode=none",
                        "--orderflow.identity.insecure-trust-everyone=true",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + site.database().user(),
                        "--spring.datasource.hikari.maximum-pool-size=16",
                        "--spring.datasource.hikari.minimum-idle=1",
                        "--spring.jmx.enabled=false",
                        "--camel.main.jmx-enabled=false",
                        "--logging.level.root=warn",
                        "--logging.level.io.orderflow=info",
                        "--orderflow.messaging.brokers=" + site.broker().address(),
                        "--orderflow.messaging.prefix=" + site.prefix(),
                        "--orderflow.messaging.sweep-after=1s",
                        "--orderflow.messaging.kafka.session.timeout.ms=6000",
                        "--orderflow.notifications.smtp-port=" + site.mailbox().port()),
                Stream.of(settings));
        all.forEach(argument -> arguments.put(argument.split("=", 2)[0], argument));
        return List.copyOf(arguments.values());
    }

    public URI address() {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
    }

    public URI ops() {
        return URI.create("http://localhost:" + get(OpsPort.class).number());
    }

    public URI management() {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.management.port"));
    }

    public Roles roles() {
        return context.getBean(Roles.class);
    }

    public Parking parking() {
        return context.getBean(Parking.class);
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
