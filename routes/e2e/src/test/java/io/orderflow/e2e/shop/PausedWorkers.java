package io.orderflow.e2e.shop;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Holds the workers of a route after they have claimed a row, before their first step, until a test lets them go on.
 */
public final class PausedWorkers implements InterceptStrategy {

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile String route;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Brings it into an instance: {@code --spring.main.sources=}. */
    @Configuration(proxyBeanMethods = false)
    public static class Module {
        @Bean
        PausedWorkers pausedWorkers() {
            return new PausedWorkers();
        }
    }

    public void pause(String routeId) {
        gate = new CountDownLatch(1);
        route = routeId;
    }

    public void goOn() {
        route = null;
        gate.countDown();
    }

    /** Waits until a worker stands at the gate. */
    public void awaitOne() {
        await().atMost(Shop.PATIENCE).until(() -> waiting.get() > 0);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor next) {
        return new DelegateAsyncProcessor(exchange -> {
            if (exchange.getFromRouteId().equals(route)) {
                pass();
            }
            target.process(exchange);
        });
    }

    private void pass() throws InterruptedException {
        waiting.incrementAndGet();
        try {
            gate.await();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
