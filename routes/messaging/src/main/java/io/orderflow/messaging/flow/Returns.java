package io.orderflow.messaging.flow;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.tables.WorkItem;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one channel's work goes back to the table, undone; what cannot be given back its lease gives back. */
final class Returns {

    private static final Logger log = LoggerFactory.getLogger(Returns.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final String NOT_GIVEN_BACK = "cannot give work back, its lease will";

    private final String channel;
    private final Backbone backbone;
    private final Working working;
    private final Stopper stopper;

    Returns(String channel, Backbone backbone, Working working, Stopper stopper) {
        this.channel = channel;
        this.backbone = backbone;
        this.working = working;
        this.stopper = stopper;
    }

    /** What waited in memory is due at once. */
    void unbegun(List<WorkItem> items) {
        try {
            backbone.tables().work().release(items);
        } catch (RuntimeException e) {
            backbone.outages().report(log, channel, NOT_GIVEN_BACK, e);
        }
    }

    /** What was claimed and not begun is due at once. */
    void unbegun(WorkItem item) {
        try {
            backbone.tables().work().retry(item, Duration.ZERO, "stopped");
        } catch (RuntimeException e) {
            backbone.outages().report(log, channel, NOT_GIVEN_BACK, e);
        }
    }

    /** What has failed is due after a pause that doubles with each attempt. */
    void failed(WorkItem item, RuntimeException failure) {
        var pause = Stopper.backoff(item.attempt(), FIRST_PAUSE, LONGEST_PAUSE);
        sayFailed(item, pause, failure);
        try {
            stopper.insist(
                    () -> backbone.tables().work().retry(item, pause, Failures.describe(failure)),
                    working.patience(),
                    channel,
                    (attempt, away) -> {});
        } catch (RuntimeException e) {
            backbone.outages().report(log, channel, NOT_GIVEN_BACK, e);
        }
    }

    /** What fails here is told where servers are watched; what fails outside is said, for it is this work's. */
    private void sayFailed(WorkItem item, Duration pause, RuntimeException failure) {
        var what = "attempt " + item.attempt() + " fails, again in " + pause.toMillis() + " ms";
        if (Failures.isInfrastructure(failure)) {
            backbone.outages().report(log, channel, what, failure);
        } else {
            log.warn("{}: {}: {}", channel, what, Failures.describe(failure));
        }
    }
}
