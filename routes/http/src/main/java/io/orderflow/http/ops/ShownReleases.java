package io.orderflow.http.ops;

import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Item;
import io.orderflow.messaging.Releases.Plan;
import io.orderflow.messaging.Releases.Release;
import io.orderflow.messaging.Releases.State;
import java.time.Instant;
import java.util.UUID;

/** Releases as operators see them. */
final class ShownReleases {

    private ShownReleases() {}

    /** What a release would come to. */
    record PlanView(
            String service,
            Action action,
            String what,
            int matches,
            int events,
            int followers,
            int orders,
            int alreadyDone,
            int tooLate,
            int behindAnother,
            Instant before) {

        static PlanView of(ReleaseRequest request, Plan plan) {
            return new PlanView(
                    request.role().name(),
                    request.selection().action(),
                    request.what(),
                    plan.matches(),
                    plan.events(),
                    plan.followers(),
                    plan.orders(),
                    plan.alreadyDone(),
                    plan.tooLate(),
                    plan.behindAnother(),
                    plan.before());
        }
    }

    /** A release and how far it is. */
    record ReleaseView(
            UUID id,
            String service,
            Action action,
            State state,
            String what,
            String caller,
            String reason,
            int perMinute,
            int events,
            int followers,
            int orders,
            int done,
            int failedAgain,
            int alreadyDone,
            int refused,
            int left,
            Instant createdAt,
            Instant endedAt) {

        static ReleaseView of(Release release) {
            return new ReleaseView(
                    release.id(),
                    release.role().name(),
                    release.action(),
                    release.state(),
                    release.what(),
                    release.caller(),
                    release.reason(),
                    release.perMinute(),
                    release.events(),
                    release.followers(),
                    release.orders(),
                    release.done(),
                    release.failedAgain(),
                    release.alreadyDone(),
                    release.refused(),
                    release.left(),
                    release.createdAt(),
                    release.endedAt());
        }
    }

    /** A release, and what has been parked since. */
    record ProgressView(ReleaseView release, int later) {}

    /** What became of an event that was tried. */
    enum Outcome {
        RELEASED(Result.RELEASED),
        DISCARDED(Result.DISCARDED),
        FAILED_AGAIN(Result.FAILED_AGAIN),
        ALREADY_DONE(Result.NOT_PARKED),
        BEHIND_ANOTHER(Result.BEHIND_ANOTHER),
        TOO_LATE(Result.TOO_LATE);

        private final Result result;

        Outcome(Result result) {
            this.result = result;
        }

        Result result() {
            return result;
        }

        static Outcome of(Result result) {
            for (var outcome : values()) {
                if (outcome.result == result) {
                    return outcome;
                }
            }
            return null;
        }
    }

    /** An event of a release. */
    record EventView(
            int place,
            UUID eventId,
            UUID orderId,
            String orderState,
            String topic,
            String key,
            boolean follower,
            Outcome result,
            String error,
            Instant triedAt) {

        static EventView of(Item item) {
            return new EventView(
                    item.place(),
                    item.event(),
                    item.order(),
                    item.standing(),
                    item.topic(),
                    item.key(),
                    item.follower(),
                    Outcome.of(item.result()),
                    item.error(),
                    item.at());
        }
    }
}
