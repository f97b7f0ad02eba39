package io.orderflow.notifications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that answers as the test says, with the real replies of real servers, and remembers what it was told.
 */
final class ScriptedMailServer implements AutoCloseable {

    /** In place of a reply: the connection ends. */
    static final String CUT = "";

    /** Before a reply: it comes once the server is let {@link #speak}. */
    static final String LATE = "late ";

    private static final Map<String, String> USUAL =
            Map.of("CONNECT", "220 ready", "DATA", "354 go on", "QUIT", "221 bye");

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, Deque<String>> next = new ConcurrentHashMap<>();
    private final Map<String, String> always = new ConcurrentHashMap<>(USUAL);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final CountDownLatch word = new CountDownLatch(1);
    private final AtomicInteger silent = new AtomicInteger();
    private volatile List<String> together = List.of();

    ScriptedMailServer() throws IOException {
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return socket.getLocalPort();
    }

    /**
     * The reply to the next command of this kind: CONNECT, EHLO, MAIL, RCPT, DATA, "." for the end of a mail, NOOP, …
     */
    ScriptedMailServer next(String command, String reply) {
        next.computeIfAbsent(command, none -> new ArrayDeque<>()).add(reply);
        return this;
    }

    /** The reply to every command of this kind, or of exactly these words. */
    ScriptedMailServer always(String command, String reply) {
        always.put(command, reply);
        return this;
    }

    /** Says nothing to these commands until the last of them has come. */
    ScriptedMailServer answersTogether(String... commands) {
        together = List.of(commands);
        return this;
    }

    /** Gives all replies that are late. */
    void speak() {
        word.countDown();
    }

    /** How many replies are late now. */
    int silent() {
        return silent.get();
    }

    /** Ends every connection, without a word. */
    void hangUp() throws IOException {
        for (var one : open) {
            one.close();
        }
    }

    /** How many connections there ever were. */
    int connections() {
        return connections.get();
    }

    /** How many there are now. */
    int open() {
        return open.size();
    }

    List<String> commands() {
        return commands;
    }

    /** The mails that it took, each as often as it was taken, whether it could say so or not. */
    List<String> mails() {
        return mails;
    }

    private void listen() {
        try {
            while (true) {
                var one = socket.accept();
                open.add(one);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(one));
            }
        } catch (SocketException e) {
            assert socket.isClosed();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(Socket one) {
        try (one) {
            var in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
            boolean on = answer(one, "CONNECT");
            Deque<String> unanswered = new ArrayDeque<>();
            while (on) {
                var line = in.readLine();
                if (line == null) {
                    return;
                }
                commands.add(line);
                var command = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
                unanswered.add(always.containsKey(line) ? line : command);
                if (together.contains(command) && !together.getLast().equals(command)) {
                    continue;
                }
                boolean takes = false;
                while (on && !unanswered.isEmpty()) {
                    var reply = reply(unanswered.remove());
                    takes = command.equals("DATA") && reply.startsWith("354");
                    on = say(one, reply);
                }
                on &= !command.equals("QUIT");
                if (on && takes) {
                    on = take(one, in);
                }
            }
        } catch (IOException e) {
            assert one.isClosed() || e instanceof SocketException;
        } finally {
            open.remove(one);
        }
    }

    private boolean take(Socket one, BufferedReader in) throws IOException {
        var mail = new StringBuilder();
        for (var line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                return false;
            }
            mail.append(line).append('\n');
        }
        var reply = reply(".");
        if (reply.equals(CUT) || reply.replaceFirst("^" + LATE, "").startsWith("2")) {
            mails.add(mail.toString());
        }
        return say(one, reply);
    }

    private boolean answer(Socket one, String command) throws IOException {
        return say(one, reply(command));
    }

    private String reply(String command) {
        var planned = next.get(command);
        return planned == null || planned.isEmpty() ? always.getOrDefault(command, "250 fine") : planned.remove();
    }

    private boolean say(Socket one, String reply) throws IOException {
        if (reply.equals(CUT)) {
            return false;
        }
        if (reply.startsWith(LATE)) {
            silent.incrementAndGet();
            awaitWord();
            silent.decrementAndGet();
        }
        one.getOutputStream().write((reply.replaceFirst("^" + LATE, "") + "\r\n").getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private void awaitWord() throws IOException {
        try {
            word.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        speak();
        hangUp();
    }
}
