package io.orderflow.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Lets the process believe the authorities that {@code orderflow.trust.bundle} names, before anything in it opens a
 * connection: the issuer's keys, companies that are called over HTTP and the mail server all go by Java's default, and
 * a database whose address says so. Kafka does not; it has an authority of its own.
 */
final class OwnAuthorities implements ApplicationContextInitializer<GenericApplicationContext> {

    /** @param bundle the file; null for the public authorities alone */
    record TrustSettings(Path bundle) {}

    @Override
    public void initialize(GenericApplicationContext application) {
        var settings = Binder.get(application.getEnvironment())
                .bindOrCreate(
                        "orderflow.trust",
                        Bindable.of(TrustSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
        BooleanSupplier broken = () -> false;
        if (settings.bundle() != null) {
            var bundle = new TrustBundle(settings.bundle());
            broken = bundle::isBroken;
            believe(bundle);
        }
        show(application, broken);
    }

    private static void believe(TrustBundle bundle) {
        try {
            SSLContext.setDefault(bundle.context());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void show(GenericApplicationContext application, BooleanSupplier broken) {
        application.registerBean(
                "trustFigures",
                MeterBinder.class,
                () -> meters -> Gauge.builder("trust.bundle.broken", () -> broken.getAsBoolean() ? 1 : 0)
                        .description("1 while the file of own authorities is broken and what it said before counts")
                        .register(meters));
    }
}
