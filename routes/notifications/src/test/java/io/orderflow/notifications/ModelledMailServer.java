package io.orderflow.notifications;

import io.orderflow.messaging.model.Kept;
import io.orderflow.messaging.model.Outside;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * The component {@code smtp}: a mail server that may take a mail and lose the connection before it says so, or put it
 * off. It knows mails by their Message-ID.
 */
public final class ModelledMailServer extends DefaultComponent implements Kept {

    private static final Object TAKEN = "taken";
    private static final Object PUT_OFF = "put off";

    private final Outside outside;
    private final Map<String, Integer> copies = new HashMap<>();
    private final Map<String, Integer> cuts = new HashMap<>();
    private final Map<String, Integer> unheard = new HashMap<>();

    private record Saved(Map<String, Integer> copies, Map<String, Integer> cuts, Map<String, Integer> unheard) {}

    public ModelledMailServer(Outside outside) {
        this.outside = outside;
    }

    private void take(Letter letter) throws MessagingException {
        letter.saveChanges();
        var id = letter.getMessageID();
        var answer = outside.call(manner -> switch (manner) {
            case PROPERLY -> {
                copies.merge(id, 1, Integer::sum);
                yield TAKEN;
            }
            case DONE_AND_UNHEARD -> {
                copies.merge(id, 1, Integer::sum);
                cuts.merge(id, 1, Integer::sum);
                yield Outside.NO_ANSWER;
            }
            case REFUSED -> PUT_OFF;
            case NOT_DONE_AND_UNHEARD, DONE_LATER -> Outside.NO_ANSWER;
        });
        if (answer.equals(PUT_OFF)) {
            throw new SMTPSendFailedException(".", 451, "451 4.3.0 not now", null, null, null, null);
        }
        if (answer.equals(Outside.NO_ANSWER)) {
            unheard.merge(id, 1, Integer::sum);
            throw new UnheardAnswer(new IOException("Exception reading response"));
        }
    }

    /** How many copies of the mail about an order's outcome it has taken. */
    public int copies(UUID order, String outcome) {
        return count(copies, order, outcome);
    }

    /** How many of them without being able to say so. */
    public int cuts(UUID order, String outcome) {
        return count(cuts, order, outcome);
    }

    /** After how many attempts nobody heard whether it has taken the mail. */
    public int unheard(UUID order, String outcome) {
        return count(unheard, order, outcome);
    }

    /** How many different mails it has taken. */
    public int mails() {
        return copies.size();
    }

    private static int count(Map<String, Integer> counts, UUID order, String outcome) {
        return counts.getOrDefault(
                "<" + order + "." + outcome.toLowerCase(java.util.Locale.ROOT) + "@orderflow.example>", 0);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws MessagingException {
                        take(exchange.getMessage().getBody(Letter.class));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException(uri + ": mails go out here");
            }
        };
    }

    @Override
    public Object save() {
        return new Saved(Map.copyOf(copies), Map.copyOf(cuts), Map.copyOf(unheard));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        copies.clear();
        copies.putAll(state.copies());
        cuts.clear();
        cuts.putAll(state.cuts());
        unheard.clear();
        unheard.putAll(state.unheard());
    }
}
