package io.orderflow.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.ParcelShipped;
import io.orderflow.messaging.Contradiction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every story that can be told about one parcel: confirmations and answers of the carrier, up to five deliveries. */
class ArrivalOrdersTest {

    private static final UUID ORDER = new UUID(0, 1);
    private static final int LONGEST = 5;
    private static final OrderConfirmed CONFIRMED = new OrderConfirmed(ORDER, Instant.EPOCH, new Money(1290, "EUR"));
    private static final ParcelSent SENT = new ParcelSent(ORDER, "label-1");

    private final Parcels parcels = new Parcels(new ParcelsInMemory(), Clock.systemUTC());
    private final List<Object> said = new ArrayList<>();

    static Stream<List<Object>> stories() {
        var stories = new ArrayList<List<Object>>(List.of(List.of()));
        for (int i = 0; i < stories.size(); i++) {
            var story = stories.get(i);
            if (story.size() < LONGEST) {
                Stream.of(CONFIRMED, SENT)
                        .forEach(message -> stories.add(Stream.concat(story.stream(), Stream.of(message))
                                .toList()));
            }
        }
        return stories.stream();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void isRequestedOnceAndShippedOnceAndAnAnswerThatNobodyAskedForIsRefused(List<Object> story) {
        int refused = 0;
        for (var message : story) {
            try {
                hears(List.of(message));
            } catch (Contradiction e) {
                refused++;
            }
        }

        int unasked = story.contains(CONFIRMED) ? story.indexOf(CONFIRMED) : story.size();
        assertThat(refused).isEqualTo(unasked);
        assertThat(said).isEqualTo(expected(story.subList(unasked, story.size())));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameAsOneBatch(List<Object> story) {
        var asked = Stream.concat(Stream.of(CONFIRMED), story.stream()).toList();

        hears(asked);

        assertThat(said).isEqualTo(expected(asked));
    }

    private static List<Object> expected(List<Object> asked) {
        return Stream.of(new SendParcel(ORDER), "label-1")
                .limit(Stream.of(CONFIRMED, SENT).filter(asked::contains).count())
                .toList();
    }

    private void hears(List<Object> batch) {
        try {
            parcels.load(batch);
            batch.forEach(this::tell);
            parcels.flush();
        } finally {
            parcels.clear();
        }
    }

    private void tell(Object message) {
        switch (message instanceof OrderConfirmed confirmed
                ? parcels.requestParcel(confirmed)
                : parcels.recordParcel((ParcelSent) message)) {
            case null -> {}
            case ParcelShipped shipped -> said.add(shipped.label());
            case Object request -> said.add(request);
        }
    }
}
