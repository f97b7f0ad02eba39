package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Money;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A provider in front of which a test can hold a worker, by the key of its call, or let it fail. */
final class HeldProvider implements PaymentProvider {

    private static final long PATIENCE_SECONDS = 60;

    private final PaymentProvider provider;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    HeldProvider(PaymentProvider provider) {
        this.provider = provider;
    }

    /** Where a worker stands still after it has claimed its work, before it calls. */
    static final class Gate {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        void awaitWorker() throws InterruptedException {
            assertThat(arrived.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("a worker came")
                    .isTrue();
        }

        void goOn() {
            open.countDown();
        }

        private void pass() {
            arrived.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new NoAnswer("interrupted", e);
            }
        }
    }

    Gate hold(String key) {
        var gate = new Gate();
        gates.put(key, gate);
        return gate;
    }

    void fail(String key) {
        failing.add(key);
    }

    void work(String key) {
        failing.remove(key);
    }

    @Override
    public ChargeAnswer charge(String key, Money amount, String token) {
        before(key);
        return provider.charge(key, amount, token);
    }

    @Override
    public Optional<Money> fence(String chargeKey) {
        return provider.fence(chargeKey);
    }

    @Override
    public RefundAnswer refund(String key, String chargeKey, Money amount) {
        before(key);
        return provider.refund(key, chargeKey, amount);
    }

    private void before(String key) {
        var gate = gates.get(key);
        if (gate != null) {
            gate.pass();
        }
        if (failing.contains(key)) {
            throw new NoAnswer("not now");
        }
    }
}
