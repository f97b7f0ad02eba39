package io.orderflow.console;

import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.PlaceInTime;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.util.List;
import org.apache.camel.Exchange;

/** Shows operators what became of orders, and what they wait for. */
final class StoryDesk {

    private final StorySearch search;
    private final Rebuilds rebuilds;

    StoryDesk(StorySearch search, Rebuilds rebuilds) {
        this.search = search;
        this.rebuilds = rebuilds;
    }

    StoryShown story(Exchange exchange) {
        var order = Request.uuid(exchange, "id");
        var chapters = search.chapters(List.of(order));
        if (chapters.isEmpty()) {
            throw new Refusal(Problem.notFound());
        }
        return StoryShown.of(order, chapters);
    }

    Page<StoryLine> stories(Exchange exchange) {
        return search.page(Paging.of(exchange, PlaceInTime.FORM), StoryQuery.of(exchange));
    }

    Page<Rebuild> rebuilds(Exchange exchange) {
        var paging = Paging.of(exchange, PlaceInTime.FORM);
        return paging.page(
                rebuilds.list(PlaceInTime.of(paging), paging.limit() + 1),
                rebuild -> new PlaceInTime(rebuild.askedAt(), rebuild.id()).key());
    }

    Rebuild rebuild(RereadTopics work) {
        return rebuilds.find(work.orderId());
    }
}
