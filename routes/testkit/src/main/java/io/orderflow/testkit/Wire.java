package io.orderflow.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way to a server, which can fall silent as a network does: connections stay open, new ones are taken, and nothing
 * comes through until it speaks again. A server that is stopped says so to its clients; a host that vanishes does not.
 */
public final class Wire implements AutoCloseable {

    private final int server;
    private final ServerSocket entrance;
    private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean silent;
    private volatile boolean closed;

    private Wire(int server) throws IOException {
        this.server = server;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("wire").start(this::accept);
    }

    /** A way to a database on this machine. */
    public static Wire to(Postgres.Database database) {
        try {
            return new Wire(uri(database).getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database's address at this end. */
    public String url(Postgres.Database database) {
        return "jdbc:postgresql://localhost:" + entrance.getLocalPort()
                + uri(database).getPath();
    }

    private static URI uri(Postgres.Database database) {
        return URI.create(database.url().substring("jdbc:".length()));
    }

    public void fallSilent() {
        silent(true);
    }

    public void speak() {
        silent(false);
    }

    private void silent(boolean now) {
        lock.lock();
        try {
            silent = now;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                var client = entrance.accept();
                sockets.add(client);
                var there = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(there);
                carry(client, there);
                carry(there, client);
            } catch (IOException e) {
                // The next connection may do better; the client of this one sees it end.
                closed |= entrance.isClosed();
            }
        }
    }

    private void carry(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                pump(from.getInputStream(), to.getOutputStream());
            } catch (IOException e) {
                // One end has closed: so does the other.
                sockets.remove(from);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void pump(InputStream in, OutputStream out) throws IOException, InterruptedException {
        var bytes = new byte[8192];
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            awaitSpeech();
            out.write(bytes, 0, read);
        }
        awaitSpeech();
    }

    private void awaitSpeech() throws InterruptedException {
        lock.lock();
        try {
            while (silent && !closed) {
                change.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        speak();
        try {
            entrance.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
