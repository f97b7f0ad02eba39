package io.orderflow.notifications;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket that holds back for a moment what is written, so that several commands leave in one packet: the mail library
 * flushes after each, and each costs both sides as much as all together.
 */
final class HeldSocket extends Socket {

    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean held;

    /** From now on what is written waits. */
    void hold() {
        held = true;
    }

    /** Sends what waits; what is written from now on leaves at once. */
    void letGo() throws IOException {
        held = false;
        var all = waiting.toByteArray();
        waiting.reset();
        super.getOutputStream().write(all);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        var direct = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                (held ? waiting : direct).write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                direct.close();
            }
        };
    }
}
