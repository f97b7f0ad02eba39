package io.orderflow.messaging.inbound;

import org.apache.camel.Exchange;

/** Which batches' failures an adapter has told somebody itself, so that nobody tells them again. */
public final class SaidFailures {

    private static final String SAID = "orderflow.said";

    private SaidFailures() {}

    /** Whether the adapter itself has told somebody why a batch failed. */
    public static boolean has(Exchange batch) {
        return batch != null && batch.getProperty(SAID) != null;
    }

    public static void add(Exchange batch) {
        batch.setProperty(SAID, true);
    }

    /** As an exception an error is handled as any other failure is: it is said, and the batch comes again. */
    static RuntimeException survived(Error e) {
        return new IllegalStateException(e.toString(), e);
    }
}
