package io.orderflow.local.demo;

import io.orderflow.local.OwnRun;
import io.orderflow.local.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code make demo}: orders by a seed, a broker that is away for ten seconds, a bad deployment, a release at a pace,
 * and the books at the end, by which it exits: 0 if they are right, else 1.
 */
public final class Demo {

    private static final long LOOK = 400;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** In the place of three, so that two hundred events that fail are parked within ten seconds. */
    private static final String ONE_ATTEMPT = "--orderflow.messaging.attempts=1";

    private final long seed;
    private final OwnRun run;
    private final Screen screen;
    private final Diary diary = new Diary();
    private final DemoClock clock = new DemoClock();

    private Demo(long seed, OwnRun run, Screen screen) {
        this.seed = seed;
        this.run = run;
        this.screen = screen;
    }

    /** Options: {@code --seed=1}, {@code --folder=target/demo}, {@code --redraw} for a terminal. */
    public static void main(String... arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        try {
            System.exit(run(DemoOptions.of(List.of(arguments))).right() ? 0 : 1);
        } catch (Refused e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static DemoVerdict run(DemoOptions options) throws Exception {
        try (var run = OwnRun.start(options.folder().resolve("run"), ONE_ATTEMPT)) {
            var demo = new Demo(options.seed(), run, new Screen(System.out, options.redraw(), options.seed()));
            var verdict = demo.play(DemoPlan.USUAL);
            verdict.lines().forEach(System.out::println);
            System.out.println(new DemoReport(options.seed(), demo.diary, verdict).writeInto(options.folder()));
            return verdict;
        }
    }

    private DemoVerdict play(DemoPlan plan) throws Exception {
        var orders = SeededOrders.of(seed, plan.ordersPerSecond(), plan.lastOrder());
        try (var watch = new Watch(run.database());
                var clients = new OrderClients(URI.create(run.http("/orders")), clock);
                var looks = Executors.newSingleThreadScheduledExecutor();
                var acts = Executors.newSingleThreadExecutor()) {
            looks.scheduleWithFixedDelay(() -> look(watch, clients), 0, LOOK, TimeUnit.MILLISECONDS);
            try {
                var director = acts.submit(() -> {
                    new Director(plan, run, diary, clock).play();
                    return null;
                });
                clients.place(orders);
                diary.note(clock.seconds(), "the last order is accepted");
                await(director);
                var verdict = judge(watch, clients);
                end(looks);
                look(watch, clients);
                return verdict;
            } finally {
                looks.shutdownNow();
                acts.shutdownNow();
            }
        }
    }

    private static void await(Future<?> director) throws InterruptedException {
        try {
            director.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refused refused ? refused : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new Refused("something did not come back within " + LONGEST.toMinutes() + " minutes");
        }
    }

    private static void end(ScheduledExecutorService looks) throws InterruptedException {
        looks.shutdown();
        looks.awaitTermination(1, TimeUnit.SECONDS);
    }

    private void look(Watch watch, OrderClients clients) {
        try {
            var moment = watch.look(clock.seconds(), clients.taken());
            diary.saw(moment);
            screen.show(moment, diary);
        } catch (SQLException e) {
            diary.note(clock.seconds(), "the database cannot be asked: " + e.getMessage());
        }
    }

    /** The books as for every run, and what the customers know. */
    private DemoVerdict judge(Watch watch, OrderClients clients)
            throws SQLException, IOException, InterruptedException {
        var said = new ByteArrayOutputStream();
        boolean right = run.booksAreRight(new PrintStream(said, true, StandardCharsets.UTF_8));
        var books = new DemoVerdict(
                right, said.toString(StandardCharsets.UTF_8).lines().toList());
        return CustomersView.beside(books, clients.taken(), clients.accepted(), clients.refused(), watch.orders());
    }
}
