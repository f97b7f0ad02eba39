package io.orderflow.messaging.inbound;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.relay.KafkaCluster;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * The answer to what a consumer cannot ask the broker, got by a client that is made for the question. Neither the
 * answer nor the client's end is waited for any longer than this: the thread that asks has to poll, and to stop.
 */
final class BrokersAnswer {

    static final Duration LONGEST = Duration.ofSeconds(10);

    private BrokersAnswer() {}

    interface Question<T> {

        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    /**
     * @param client the consumer's own settings, which say how the broker is reached
     * @param what what is asked for, for the message
     * @throws IllegalStateException if there is none
     */
    static <T> T to(Question<T> question, Properties client, String what) {
        var admin = KafkaCluster.admin(client, LONGEST);
        try {
            return question.ask(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " unknown: " + Failures.describe(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
