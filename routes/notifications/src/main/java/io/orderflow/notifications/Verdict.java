package io.orderflow.notifications;

/** What a mail server says of one mail. */
enum Verdict {
    TAKEN,
    /** For good: nobody is there under this address, or it does not take this message. */
    REFUSED,
    /** Not now. */
    DEFERRED
}
