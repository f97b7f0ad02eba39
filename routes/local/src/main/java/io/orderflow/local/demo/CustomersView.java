package io.orderflow.local.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What customers know of their orders, as further equations of the books. */
final class CustomersView {

    private static final String RIGHT = "The books are right.";
    private static final String WRONG = "The books are WRONG.";

    private final List<String> lines = new ArrayList<>();
    private boolean holds;

    private CustomersView(DemoVerdict books) {
        books.lines().stream()
                .filter(line -> !line.equals(RIGHT) && !line.equals(WRONG))
                .forEach(lines::add);
        holds = books.right();
    }

    /**
     * The verdict on the books with what customers know.
     *
     * @param accepted the ids of the orders that customers were told of
     * @param refused answers that no honest order should get
     * @param there the ids of all orders that there are
     */
    static DemoVerdict beside(
            DemoVerdict books, Moment.Taken taken, Set<String> accepted, List<String> refused, Set<String> there) {
        var view = new CustomersView(books);
        view.equal("orders that customers know of and that are not there", 0, without(accepted, there));
        view.equal("orders of which no customer knows", 0, without(there, accepted));
        view.equal("orders sent twice at once that are one", taken.repeated() + taken.different(), taken.repeated());
        view.equal("honest orders that were refused", List.of(), refused);
        view.lines.add(view.holds ? RIGHT : WRONG);
        return new DemoVerdict(view.holds, List.copyOf(view.lines));
    }

    private static int without(Set<String> some, Set<String> others) {
        var left = new HashSet<>(some);
        left.removeAll(others);
        return left.size();
    }

    private void equal(String what, Object expected, Object found) {
        boolean equal = expected.equals(found);
        holds &= equal;
        lines.add(
                (equal ? "OK     " : "WRONG  ") + what + ": " + found + (equal ? "" : " (expected: " + expected + ")"));
    }
}
