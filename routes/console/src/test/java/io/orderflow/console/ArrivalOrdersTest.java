package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.console.ConsoleApp.Told;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Origin;
import io.orderflow.messaging.Origin.Manner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the order of arrival, and however often: one story. */
class ArrivalOrdersTest {

    private static final UUID ORDER = UUID.randomUUID();

    static Stream<List<Told>> sagas() {
        return Stream.of(Sagas.confirmed(ORDER), Sagas.refunded(ORDER), Sagas.declined(ORDER));
    }

    @ParameterizedTest
    @MethodSource("sagas")
    void everyOrderOfArrivalTellsTheSameStory(List<Told> saga) {
        var expected = new StoriesInMemory();
        deliver(expected, saga, Manner.ARRIVED);
        Set<Story> ends = new HashSet<>();

        eachPermutation(new ArrayList<>(saga), 0, order -> {
            var rows = new StoriesInMemory();
            for (var told : order) {
                deliver(rows, List.of(told), Manner.ARRIVED);
            }
            ends.add(rows.stories.get(ORDER));
            assertThat(rows.chapters).isEqualTo(expected.chapters);
        });

        assertThat(ends).containsExactly(expected.stories.get(ORDER)).allMatch(end -> end.waits()
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("sagas")
    void whatIsToldAgainChangesNothingAndWritesNothing(List<Told> saga) {
        var rows = new StoriesInMemory();
        deliver(rows, saga, Manner.ARRIVED);
        var story = rows.stories.get(ORDER);
        int written = rows.written;

        deliver(rows, saga.reversed(), Manner.REREAD);
        saga.forEach(told -> deliver(rows, List.of(told), Manner.ARRIVED));

        assertThat(rows.stories.get(ORDER)).isEqualTo(story);
        assertThat(rows.written).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("sagas")
    void whatIsReadAgainOutOfNothingIsTheSameButForWhenItWasRead(List<Told> saga) {
        var live = new StoriesInMemory();
        deliver(live, saga, Manner.ARRIVED);
        var again = new StoriesInMemory();
        deliver(again, saga, Manner.REREAD);

        assertThat(again.stories).isEqualTo(live.stories);
        assertThat(again.chapters(List.of(ORDER))).allMatch(chapter -> chapter.readAt() == null);
        deliver(again, saga, Manner.ARRIVED);
        assertThat(again.chapters)
                .as("read for the first time after it was read again")
                .isEqualTo(live.chapters);
    }

    /** The relay writes an event twice if it dies between the broker's answer and its own note of it. */
    @ParameterizedTest
    @MethodSource("sagas")
    void ofTwoCopiesTheFirstPlaceCounts(List<Told> saga) {
        var first = new StoriesInMemory();
        deliver(first, saga, Manner.ARRIVED);
        var second = new StoriesInMemory();

        saga.forEach(told -> tell(second, told, 100, Manner.ARRIVED));
        deliver(second, saga, Manner.ARRIVED);
        saga.forEach(told -> tell(second, told, 200, Manner.ARRIVED));

        assertThat(second.chapters).isEqualTo(first.chapters);
    }

    private static void deliver(StoriesInMemory rows, List<Told> events, Manner manner) {
        run(rows, events, told -> 1, manner);
    }

    private static void tell(StoriesInMemory rows, Told told, long offset, Manner manner) {
        run(rows, List.of(told), one -> offset, manner);
    }

    private interface Offsets {
        long of(Told told);
    }

    private static void run(StoriesInMemory rows, List<Told> events, Offsets offsets, Manner manner) {
        var stories = new Stories(rows);
        stories.load(events.stream().map(Told::event).toList());
        for (var told : events) {
            long offset = offsets.of(told);
            var origin = new Origin(told.id(), topicOf(told.event()), 0, offset, Sagas.NOON.plusMillis(offset), manner);
            stories.tell(Chapter.of(told.event(), origin, null));
        }
        stories.flush();
        stories.clear();
    }

    private static String topicOf(Event event) {
        return Topology.WITH_CONSOLE.channels().stream()
                .filter(channel -> channel.carries(event.getClass()))
                .findFirst()
                .orElseThrow()
                .topic();
    }

    private static void eachPermutation(List<Told> events, int fixed, Consumer<List<Told>> each) {
        if (fixed == events.size()) {
            each.accept(events);
            return;
        }
        for (int i = fixed; i < events.size(); i++) {
            Collections.swap(events, fixed, i);
            eachPermutation(events, fixed + 1, each);
            Collections.swap(events, fixed, i);
        }
    }
}
