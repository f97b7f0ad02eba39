package io.orderflow.outside;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;

/** One call to a carrier, by a service that believes everything. */
final class OneCall {

    static final CompanyName CARRIER = new CompanyName("shipping", "carrier", "orderflow.shipping.http");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private OneCall() {}

    /**
     * @param folder for the key
     * @return status and body
     */
    static String to(URI address, Path folder, Duration readTimeout, Duration totalTimeout) throws Exception {
        var key = Files.writeString(folder.resolve("key"), "key");
        var settings =
                new OutsideSettings(address.toString(), key, PATIENCE, readTimeout, totalTimeout, PATIENCE, false);
        try (var camel = new DefaultCamelContext();
                var company = new Company(CARRIER, settings, 1, new SimpleMeterRegistry())) {
            var calls = new CallRoutes<String, String>(
                    company,
                    camel.createProducerTemplate(),
                    call -> new OutgoingRequest("PUT", "/" + call, "text/plain", new byte[] {'x'}),
                    (call, answer) -> answer.status() + " " + new String(answer.body(), StandardCharsets.US_ASCII));
            camel.addRoutes(calls);
            camel.start();
            return calls.call("question");
        }
    }
}
