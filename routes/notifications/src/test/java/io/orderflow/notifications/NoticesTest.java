package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NoticesTest {

    @Test
    void aMailCountsAsSentOnceThatIsCommitted() {
        var order = UUID.randomUUID();
        var rows = new NoticesInMemory();
        var meters = new SimpleMeterRegistry();
        var notices = new Notices(rows, meters, Duration.ofDays(3));
        rows.saveMails(List.of(
                new Mail(order, OrderOutcome.CONFIRMED, Mail.State.DUE, Instant.EPOCH, new Facts(null, null, null))));
        var answered = new MailAnswered(new SendMail(order, OrderOutcome.CONFIRMED), Verdict.TAKEN);

        notices.load(List.of(answered));
        notices.record(answered);
        notices.flush();
        assertThat(sent(meters)).isZero();

        notices.committed();
        notices.clear();
        assertThat(sent(meters)).isEqualTo(1);
    }

    private static double sent(SimpleMeterRegistry meters) {
        return meters.get("notifications.sent")
                .tag("outcome", "confirmed")
                .counter()
                .count();
    }
}
