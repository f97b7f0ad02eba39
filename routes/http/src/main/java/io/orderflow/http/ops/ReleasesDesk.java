package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Answer;
import io.orderflow.http.Audit;
import io.orderflow.http.Call;
import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.PlaceInTime;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Reason;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.ops.ShownReleases.EventView;
import io.orderflow.http.ops.ShownReleases.Outcome;
import io.orderflow.http.ops.ShownReleases.PlanView;
import io.orderflow.http.ops.ShownReleases.ProgressView;
import io.orderflow.http.ops.ShownReleases.ReleaseView;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Releases;
import io.orderflow.messaging.Releases.Differs;
import io.orderflow.messaging.Releases.Order;
import io.orderflow.messaging.Releases.Release;
import io.orderflow.messaging.Releases.Step;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Makes, shows and steers releases of many parked events. Who made one, paused, resumed or stopped it is on record in
 * the transaction that does it; what became of each event is with the release.
 */
final class ReleasesDesk {

    static final Pattern PLACE = Pattern.compile("[1-9][0-9]{0,8}");

    private final Releases releases;
    private final Parking parking;
    private final JdbcAudit audit;
    private final Supplier<List<Role>> here;

    /** @param here the services of this process, asked for when they are known */
    ReleasesDesk(Releases releases, Parking parking, JdbcAudit audit, Supplier<List<Role>> here) {
        this.releases = releases;
        this.parking = parking;
        this.audit = audit;
        this.here = here;
    }

    /** A release that an operator wants to make, or to know what it would be. */
    record Making(Call call, ReleaseRequest request) {}

    /** A release that an operator wants to steer. */
    record Stepping(Call call, Release release) {}

    /** Puts its service and the reason on record even where the call is then refused. */
    Making making(Exchange exchange) {
        var call = Reason.attachTo(exchange);
        var role = ReleaseRequest.role(exchange, here.get());
        call = call.concerning(role);
        call.attachTo(exchange);
        var request = ReleaseRequest.of(exchange, role);
        request.checkCount();
        checkEvents(request);
        return new Making(call, request);
    }

    /** One that is settled is nothing to release; among others it counts as done. */
    private void checkEvents(ReleaseRequest request) {
        var ids = request.selection().ids();
        for (var id : ids) {
            var found = parking.find(id).filter(event -> event.role().equals(request.role()));
            if (found.isEmpty()) {
                throw new Refusal(Problem.of(
                        ProblemType.UNACCEPTABLE_VALUE,
                        "ids: " + id + " was never parked in " + request.role() + " (expected: events of its list)"));
            }
            if (ids.size() == 1 && found.get().state() != Parking.State.PARKED) {
                throw new Refusal(Problem.conflict("event: " + found.get().state() + " already (expected: PARKED)"));
            }
        }
    }

    Answer make(Making making) {
        var request = making.request();
        if (request.dryRun()) {
            return Answer.ok(PlanView.of(request, releases.plan(request.role(), request.selection())));
        }
        var call = making.call();
        var order = new Order(
                request.what(), call.caller().id(), call.reason(), call.id(), request.perMinute(), request.count());
        try {
            var release = releases.begin(
                    request.role(), request.selection(), order, made -> audit.write(told(call, made), Audit.DONE));
            return Answer.accepted(ReleaseView.of(release)).at("/ops/releases/" + release.id());
        } catch (Differs e) {
            throw new Refusal(Problem.of(
                    ProblemType.UNACCEPTABLE_VALUE,
                    "count: " + e.matches() + " now (expected: the matches of a dry run, with its before)"));
        }
    }

    private static Call told(Call call, Release made) {
        return call.changing(
                null,
                "%s %s of %d events, %d a minute: %s"
                        .formatted(made.id(), made.action(), made.events(), made.perMinute(), made.what()));
    }

    Page<ReleaseView> releases(Exchange exchange) {
        var paging = Paging.of(exchange, PlaceInTime.FORM);
        var from = PlaceInTime.of(paging);
        var before = from == null ? null : new Releases.Place(from.at(), from.id());
        var rows = releases.list(before, paging.limit() + 1).stream()
                .map(ReleaseView::of)
                .toList();
        return paging.page(rows, row -> new PlaceInTime(row.createdAt(), row.id()).key());
    }

    ProgressView release(Exchange exchange) {
        var release = found(exchange);
        return new ProgressView(ReleaseView.of(release), releases.later(release));
    }

    Page<EventView> events(Exchange exchange) {
        var release = found(exchange);
        var paging = Paging.of(exchange, PLACE);
        var result = Request.query(exchange, "result", Outcome.class).map(Outcome::result);
        int after = paging.after().stream().findFirst().map(Integer::valueOf).orElse(0);
        var rows = releases.items(release, result.orElse(null), after, paging.limit() + 1).stream()
                .map(EventView::of)
                .toList();
        return paging.page(rows, row -> List.of(String.valueOf(row.place())));
    }

    private Release found(Exchange exchange) {
        return found(exchange, Request.uuid(exchange, "id"));
    }

    private Release found(Exchange exchange, UUID id) {
        var release = releases.find(id).orElseThrow(() -> new Refusal(Problem.notFound()));
        Call.of(exchange).concerning(release.role()).attachTo(exchange);
        return release;
    }

    Stepping stepping(Exchange exchange) {
        var id = Request.uuid(exchange, "id");
        Reason.attachTo(exchange);
        var release = found(exchange, id);
        return new Stepping(Call.of(exchange), release);
    }

    Answer pause(Stepping stepping) {
        return take(stepping, Step.PAUSE, "RUNNING or WAITING");
    }

    Answer resume(Stepping stepping) {
        return take(stepping, Step.RESUME, "PAUSED");
    }

    Answer stop(Stepping stepping) {
        return take(stepping, Step.STOP, "RUNNING, WAITING or PAUSED");
    }

    private Answer take(Stepping stepping, Step step, String expected) {
        return releases.take(
                        stepping.release(),
                        step,
                        (before, after) ->
                                audit.write(stepping.call().changing(before.name(), after.name()), Audit.DONE))
                .map(release -> Answer.ok(ReleaseView.of(release)))
                .orElseThrow(
                        () -> new Refusal(Problem.conflict("release: in another state (expected: " + expected + ")")));
    }
}
