package io.orderflow.http.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/**
 * An answer on its way. A client that hangs up or reads nothing is nobody's failure: what cannot be written to it is
 * counted, and those who write do not hear of it, for they would tell the log at length.
 */
final class Reply extends HttpServletResponseWrapper {

    /** What Spring says about patches, which no path takes. */
    private static final String NEVER_TOLD = "Accept-Patch";

    private final RefusalCount count;
    private final Turn turn;
    private boolean lost;
    private PrintWriter writer;

    Reply(HttpServletResponse response, RefusalCount count, Turn turn) {
        super(response);
        this.count = count;
        this.turn = turn;
    }

    private interface Write {
        void now() throws IOException;
    }

    private void unlessLost(Write write) {
        if (lost) {
            return;
        }
        turn.answering();
        try {
            write.now();
        } catch (IOException e) {
            lost = true;
            count.lostAnswer();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Out(super.getOutputStream());
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8));
        }
        return writer;
    }

    /** Hands over what the writer still keeps. */
    void complete() {
        if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public void flushBuffer() {
        complete();
        unlessLost(super::flushBuffer);
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        writer = null;
    }

    @Override
    public void reset() {
        super.reset();
        writer = null;
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase("Allow")) {
            super.setHeader(name, all(value));
        } else if (!name.equalsIgnoreCase(NEVER_TOLD)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase("Allow")) {
            super.addHeader(name, all(value));
        } else if (!name.equalsIgnoreCase(NEVER_TOLD)) {
            super.addHeader(name, value);
        }
    }

    /** With the methods that come with the declared ones: every path knows OPTIONS, and whatever is read has a head. */
    private static String all(String declared) {
        var methods = new TreeSet<>(List.of(declared.split(", *")));
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    private final class Out extends ServletOutputStream {

        private final ServletOutputStream out;

        private Out(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) {
            unlessLost(() -> out.write(one));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            unlessLost(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() {
            unlessLost(out::flush);
        }

        @Override
        public void close() {
            unlessLost(out::close);
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
