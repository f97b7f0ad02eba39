package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.local.demo.Moment.Taken;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomersViewTest {

    private static final DemoVerdict RIGHT =
            new DemoVerdict(true, List.of("OK     no mail waits: 0", "The books are right."));
    private static final Taken TAKEN = new Taken(2, 1, 0, 1, 1);
    private static final Set<String> TWO = Set.of("a", "b");

    private static List<String> wrong(DemoVerdict verdict) {
        assertThat(verdict.right()).isFalse();
        assertThat(verdict.lines()).endsWith("The books are WRONG.").doesNotContain("The books are right.");
        return verdict.lines().stream()
                .filter(line -> line.startsWith("WRONG  "))
                .toList();
    }

    @Test
    void rightBooksAreRightIfCustomersKnowNothingElse() {
        var verdict = CustomersView.beside(RIGHT, TAKEN, TWO, List.of(), TWO);

        assertThat(verdict.right()).isTrue();
        assertThat(verdict.lines()).startsWith("OK     no mail waits: 0").endsWith("The books are right.");
        assertThat(verdict.lines()).doesNotHaveDuplicates();
    }

    @Test
    void wrongBooksStayWrong() {
        var books = new DemoVerdict(false, List.of("WRONG  no mail waits: 0 and 1", "The books are WRONG."));

        assertThat(wrong(CustomersView.beside(books, TAKEN, TWO, List.of(), TWO)))
                .containsExactly("WRONG  no mail waits: 0 and 1");
    }

    @Test
    void anOrderThatIsLostIsFound() {
        assertThat(wrong(CustomersView.beside(RIGHT, TAKEN, TWO, List.of(), Set.of("a"))))
                .containsExactly("WRONG  orders that customers know of and that are not there: 1 (expected: 0)");
    }

    @Test
    void oneThatNobodyPlacedIsFound() {
        assertThat(wrong(CustomersView.beside(RIGHT, TAKEN, Set.of("a"), List.of(), TWO)))
                .containsExactly("WRONG  orders of which no customer knows: 1 (expected: 0)");
    }

    @Test
    void twoOrdersUnderOneKeyAreFound() {
        assertThat(wrong(CustomersView.beside(RIGHT, new Taken(2, 1, 2, 1, 1), TWO, List.of(), TWO)))
                .containsExactly("WRONG  orders sent twice at once that are one: 1 (expected: 3)");
    }

    @Test
    void anHonestOrderThatIsRefusedIsFound() {
        assertThat(wrong(CustomersView.beside(RIGHT, TAKEN, TWO, List.of("409 conflict"), TWO)))
                .containsExactly("WRONG  honest orders that were refused: [409 conflict] (expected: [])");
    }
}
