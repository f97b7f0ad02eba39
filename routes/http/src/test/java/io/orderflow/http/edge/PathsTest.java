package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.edge.Paths.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of what is served is found at a path. */
class PathsTest {

    private final Paths<String> paths = new Paths<>();

    @Test
    void aPlainSegmentGoesBeforeOneThatFitsAny() {
        paths.add("GET", "/things/{id}", "one of them");
        paths.add("GET", "/things/all", "all");
        paths.add("GET", "/{any}/all", "all of any");

        assertThat(at("/things/all")).containsExactly("all", "one of them", "all of any");
        assertThat(at("/things/1")).containsExactly("one of them");
        assertThat(at("/others/all")).containsExactly("all of any");
    }

    @Test
    void aPathHasAsManySegmentsAsItsTemplate() {
        paths.add("GET", "/things/{id}", "one of them");
        paths.add("GET", "/", "nothing in particular");

        assertThat(at("/things")).isEmpty();
        assertThat(at("/things/1/parts")).isEmpty();
        assertThat(at("/")).containsExactly("nothing in particular");
    }

    @Test
    void whatIsTakenAwayIsNotFoundAndAllElseIs() {
        paths.add("GET", "/things", "list");
        paths.add("POST", "/things", "order");
        paths.remove("list");

        assertThat(at("/things")).containsExactly("order");
    }

    @Test
    void whoReadsGivesAHeadAlone() {
        paths.add("GET", "/things", "list");
        paths.add("POST", "/things", "order");

        assertThat(paths.at("/things"))
                .filteredOn(place -> place.answers("HEAD"))
                .extracting(Place::what)
                .containsExactly("list");
    }

    private List<String> at(String path) {
        return paths.at(path).stream().map(Place::what).toList();
    }
}
