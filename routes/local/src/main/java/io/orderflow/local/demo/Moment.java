package io.orderflow.local.demo;

/**
 * How everything stood at a moment.
 *
 * @param at seconds from the beginning
 * @param taken what customers have seen by then
 * @param pending orders without an end
 * @param unsent events that wait in an outbox
 * @param parked events that could not be handled, strangers' poison aside
 * @param poison what is parked because nobody can read it
 * @param mails sent until then
 */
record Moment(
        double at,
        Taken taken,
        int pending,
        int confirmed,
        int declined,
        int outOfStock,
        int unsent,
        int parked,
        int poison,
        int mails) {

    /**
     * What customers have seen.
     *
     * @param orders how many were accepted
     * @param repeated how many of them were sent twice and gave one order
     * @param different how many of those gave two orders
     * @param median milliseconds in which half of the answers came
     * @param slowest milliseconds in which 99 of a hundred came
     */
    record Taken(int orders, int repeated, int different, int median, int slowest) {

        static final Taken NOTHING = new Taken(0, 0, 0, 0, 0);
    }

    /** Orders with an end. */
    int ended() {
        return confirmed + declined + outOfStock;
    }
}
