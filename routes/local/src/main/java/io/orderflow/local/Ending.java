package io.orderflow.local;

/**
 * The end of this process by a signal, by Ctrl-C or {@code make stop}, or by a failure. To be stopped is what somebody
 * asked for, and no error in the terminal of {@code make run}: the process ends with 0, where a JVM that a signal ends
 * would end with 143. A failure keeps the status that it exits with.
 */
final class Ending {

    private final Runnable last;
    private volatile boolean failed;

    private Ending(Runnable last) {
        this.last = last;
    }

    /** @param last done at the end, whatever the reason */
    static Ending with(Runnable last) {
        var ending = new Ending(last);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::end, "stop"));
        return ending;
    }

    /** From now on the process ends with the status that it exits with. */
    void isFailure() {
        failed = true;
    }

    private void end() {
        last.run();
        if (!failed) {
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
