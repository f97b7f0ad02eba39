package io.orderflow.e2e.model;

import io.orderflow.messaging.model.Kind;
import io.orderflow.messaging.model.Scope;
import io.orderflow.messaging.model.Simulation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Many seeds, in several worlds at once, and what all of them saw together. */
final class Campaign {

    /** A second, a lease and more, a refund's pause, a deadline and more. */
    static final Scope SCOPE = new Scope(
            3,
            2,
            false,
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(21),
                    Duration.ofMinutes(5),
                    Saga.DEADLINE.plusMinutes(1)));

    private static final List<String> TOKENS = List.of("tok_visa", "tok_visa", "tok_visa", "tok_declined");

    private final Map<Kind, Long> steps = new EnumMap<>(Kind.class);
    private final Map<String, Long> ends = new TreeMap<>();
    private long copies;
    private volatile boolean failed;

    private Campaign() {}

    /** @throws AssertionError with its story, if a seed fails */
    static Campaign run(long first, long seeds, int worlds) throws Exception {
        var campaign = new Campaign();
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(worlds)) {
            var parts = IntStream.range(0, worlds)
                    .mapToObj(world -> threads.submit(() -> {
                        campaign.take(first + world, first + seeds, worlds);
                        return null;
                    }))
                    .toList();
            for (var part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError failure) {
                throw failure;
            }
            throw e;
        }
        System.out.printf(
                "%d seeds in %d ms%nsteps: %s%nends: %s%nmails sent once more: %d%n",
                seeds, (System.nanoTime() - start) / 1_000_000, campaign.steps, campaign.ends, campaign.copies);
        return campaign;
    }

    private void take(long from, long to, int every) throws Exception {
        try (var saga = Saga.whole(SCOPE)) {
            var books = new SagaInvariants(saga);
            var simulation = simulation(saga, books);
            for (long seed = from; seed < to && !failed; seed += every) {
                simulation.run(seed);
            }
            note(simulation, books);
        } catch (AssertionError e) {
            failed = true;
            throw e;
        }
    }

    private synchronized void note(Simulation simulation, SagaInvariants books) {
        simulation.taken().forEach((kind, times) -> steps.merge(kind, times, Long::sum));
        books.ends().forEach((end, times) -> ends.merge(end, times, Long::sum));
        copies += books.copies();
    }

    /** The story of one seed. */
    static void tell(long seed, Consumer<String> line) throws Exception {
        try (var saga = Saga.whole(SCOPE)) {
            simulation(saga, new SagaInvariants(saga)).tell(seed, line);
        }
    }

    private static Simulation simulation(Saga saga, SagaInvariants books) {
        return new Simulation(saga.world, books, random -> scene(saga, random));
    }

    /** One to three orders that want the same few mugs. */
    private static void scene(Saga saga, SplittableRandom random) {
        saga.inventory.stocks("MUG", random.nextInt(6));
        int orders = 1 + random.nextInt(3);
        for (int i = 0; i < orders; i++) {
            saga.customers.wish(
                    1 + random.nextInt(3), TOKENS.get(random.nextInt(TOKENS.size())), random.nextInt(3) == 0);
        }
    }

    Map<Kind, Long> steps() {
        return steps;
    }

    Map<String, Long> ends() {
        return ends;
    }

    long copies() {
        return copies;
    }
}
