package io.orderflow.console;

import io.orderflow.console.figures.RoleFigures;
import io.orderflow.http.Answer;
import io.orderflow.http.EventStream;
import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.PlaceInTime;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.WaitingRoom;
import java.time.Duration;
import org.apache.camel.Exchange;

/** Shows operators how everything is, and who is stuck and why. */
final class WatchDesk {

    private final Overviews overviews;
    private final FlowDrawing drawing;
    private final StorySearch search;
    private final RoleFigures figures;
    private final Duration stuckAfter;

    WatchDesk(Overviews overviews, FlowDrawing drawing, StorySearch search, RoleFigures figures, Duration stuckAfter) {
        this.overviews = overviews;
        this.drawing = drawing;
        this.search = search;
        this.figures = figures;
        this.stuckAfter = stuckAfter;
    }

    Overview overview(Exchange exchange) {
        return overviews.now();
    }

    FlowShown flow(Exchange exchange) {
        return drawing.now();
    }

    Page<StuckOrder> stuck(Exchange exchange) {
        var query = new StoryQuery(null, null, null, null, null, null, null, stuckAfter);
        var page = search.page(Paging.of(exchange, PlaceInTime.FORM), query);
        var told = figures.now();
        return new Page<>(
                page.items().stream()
                        .map(line -> StuckOrder.of(line, Cause.of(line, told)))
                        .toList(),
                page.next());
    }

    Answer stream(Exchange exchange) {
        int last = EventStream.lastId(exchange);
        var place = WaitingRoom.of(exchange)
                .enter()
                .orElseThrow(() ->
                        new Refusal(Problem.of(ProblemType.UNAVAILABLE, "As many look on as may (expected: later)")));
        return Answer.ok(new OverviewStream(overviews, place, last));
    }
}
