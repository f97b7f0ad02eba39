package io.orderflow.console;

import static java.util.stream.Collectors.groupingBy;

import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.PlaceInTime;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.util.List;
import java.util.Objects;
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

    /** A story that is forgotten between the two looks is not on its page. */
    Page<StoryLine> stories(Exchange exchange) {
        var paging = Paging.of(exchange, PlaceInTime.FORM);
        var query = StoryQuery.of(exchange);
        var page = paging.page(search.list(query, PlaceInTime.of(paging), paging.limit() + 1), PlaceInTime::key);
        var orders = page.items().stream().map(PlaceInTime::id).toList();
        var chapters = search.chapters(orders).stream().collect(groupingBy(Chapter::orderId));
        return new Page<>(
                orders.stream()
                        .map(chapters::get)
                        .filter(Objects::nonNull)
                        .map(StoryLine::of)
                        .toList(),
                page.next());
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
