package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderflow.http.Request;
import io.orderflow.http.WaitingRoom;
import io.orderflow.http.fixture.EdgeFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Those who wait have bounds of their own, hold up nobody, and wait no longer than they may. */
@Timeout(90)
class WaitsTest {

    private static final Set<String> HAPPENED = ConcurrentHashMap.newKeySet();
    private static final Set<WaitingRoom.Place> PLACES = ConcurrentHashMap.newKeySet();

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new WaitsApi())
            .with(
                    "orderflow.http.waits=3",
                    "orderflow.http.waits-of-a-caller=2",
                    "orderflow.http.longest-wait=60s",
                    "orderflow.http.requests-under-way=2");

    /** Answers when a thing has happened, if the client prefers to wait for it. */
    static final class WaitsApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/things").get("/{name}").security(CUSTOMER).to("direct:things.await");
            from("direct:things.await").routeId("things.await").setBody(WaitsApi::awaited);
        }

        private static Map<String, Object> awaited(Exchange exchange) {
            var room = WaitingRoom.of(exchange);
            var name = Request.path(exchange, "name");
            int seconds = room.preferredSeconds();
            var place = seconds == 0 ? null : room.enter().orElse(null);
            if (place == null) {
                return Map.of("seconds", seconds, "waited", false);
            }
            PLACES.add(place);
            boolean happened = place.await(() -> HAPPENED.contains(name), Duration.ofSeconds(seconds));
            return Map.of("seconds", seconds, "waited", true, "happened", happened);
        }
    }

    private final List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();

    @AfterEach
    void letThemGo() {
        edge.bean(Waits.class).stop();
        asked.forEach(CompletableFuture::join);
        await().until(() -> waiting() == 0);
        edge.bean(Waits.class).start();
        HAPPENED.clear();
        PLACES.clear();
    }

    @Test
    void isAnsweredAsSoonAsItHasHappened() {
        var answer = asks("ada", "cake", "wait=50");
        await().until(() -> waiting() == 1);
        happens("cake");

        assertThat(answer.join().body()).contains("\"happened\":true").contains("\"seconds\":50");
    }

    @Test
    void waitsNoLongerThanItsClientPrefers() {
        long began = System.nanoTime();

        var answer = asks("ada", "nothing", "wait=1").join();

        assertThat(answer.body()).contains("\"happened\":false");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @Test
    void waitsNoLongerThanAnybodyMay() {
        happens("cake");

        assertThat(asks("ada", "cake", "wait=61").join().body()).contains("\"seconds\":60");
        assertThat(asks("ada", "cake", "wait=60").join().body()).contains("\"seconds\":60");
    }

    @Test
    void whoDoesNotSayIsAnsweredAtOnce() {
        assertThat(edge.get("/things/nothing").body())
                .contains("\"waited\":false")
                .contains("\"seconds\":0");
    }

    /** Beyond that it is as if nobody had asked to wait; and all find a place when others have gone. */
    @Test
    void beyondItsBoundsItIsAnsweredAtOnce() {
        double before = refused();
        asks("ada", "a", "wait=60");
        asks("ada", "b", "wait=60");
        await().until(() -> waiting() == 2);
        assertThat(asks("ada", "c", "wait=60").join().body()).contains("\"waited\":false");
        asks("bob", "d", "wait=60");
        await().until(() -> waiting() == 3);
        assertThat(asks("eve", "e", "wait=60").join().body()).contains("\"waited\":false");
        assertThat(refused()).isEqualTo(before + 2);

        happens("a");
        await().until(() -> waiting() == 2);
        asks("eve", "f", "wait=60");
        await().until(() -> waiting() == 3);
    }

    /** Two of them are under way otherwise, and no third one would be let in. */
    @Test
    void whoWaitsIsNotUnderWay() {
        asks("ada", "a", "wait=60");
        asks("ada", "b", "wait=60");
        await().until(() -> waiting() == 2);

        for (int i = 0; i < 3; i++) {
            assertThat(edge.get("/things/c", "X-Customer-Id", "ada").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void allWaitsEndWhenTheProcessStops() {
        var answer = asks("ada", "nothing", "wait=60");
        await().until(() -> waiting() == 1);

        edge.bean(Waits.class).stop();

        assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join().body()).contains("\"happened\":false");
        assertThat(asks("ada", "nothing", "wait=60").join().body()).contains("\"waited\":false");
        await().until(() -> waiting() == 0);
    }

    /** An alert on slow answers must not sound because clients choose to wait. */
    @Test
    void whatOneWaitsIsNotWhatTheAnswerTook() {
        asks("ada", "nothing", "wait=1").join();

        await().until(() -> times().stream().mapToLong(Timer::count).sum() > 0);
        assertThat(times()).allMatch(one -> one.max(TimeUnit.MILLISECONDS) < 900);
    }

    private static List<Timer> times() {
        return List.copyOf(edge.bean(MeterRegistry.class)
                .get("http.server.requests")
                .tag("uri", "/things/{name}")
                .timers());
    }

    private CompletableFuture<HttpResponse<String>> asks(String caller, String thing, String preference) {
        var answer = CompletableFuture.supplyAsync(
                () -> edge.get("/things/" + thing, "X-Customer-Id", caller, "Prefer", preference),
                Executors.newVirtualThreadPerTaskExecutor());
        asked.add(answer);
        return answer;
    }

    private static void happens(String name) {
        HAPPENED.add(name);
        PLACES.forEach(WaitingRoom.Place::call);
    }

    private static double waiting() {
        return edge.bean(MeterRegistry.class)
                .get("orderflow.http.waits")
                .gauge()
                .value();
    }

    private static double refused() {
        return edge.bean(MeterRegistry.class)
                .get("orderflow.http.waits.refused")
                .counter()
                .count();
    }
}
