package io.orderflow.notifications;

/** What a mail server says of one mail. */
enum Verdict {
    TAKEN,
    /** For good: there is no mailbox of this address, or the server does not take this message. */
    REFUSED,
    /** Not now. */
    DEFERRED,
    /** It may have the mail: what it said after the last dot, or whether we came so far, nobody heard. */
    UNHEARD
}
