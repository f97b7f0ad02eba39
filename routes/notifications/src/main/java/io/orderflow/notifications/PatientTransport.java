package io.orderflow.notifications;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A connection to the mail server that waits for each answer as long as RFC 5321 asks, and knows whether the answer to
 * the last dot was heard. The mail library has one time-out for all answers: one that is right for a greeting makes
 * copies after the dot, and one that is right there lets a server that is away look like one that thinks.
 */
final class PatientTransport extends SMTPTransport {

    /** The library names its log after our package, and tells addresses in it: kept here, or it would be made anew. */
    private static final Logger ITS_LOG = Logger.getLogger(PatientTransport.class.getPackageName());

    static {
        ITS_LOG.setLevel(Level.OFF);
    }

    private final NotificationsSettings settings;
    private final KeptSocket socket;
    private boolean unheard;

    private PatientTransport(NotificationsSettings settings, Session session, KeptSocket socket) {
        super(
                session,
                new URLName(settings.protocol(), null, -1, null, null, null),
                settings.protocol(),
                settings.tls().equals("tls"));
        this.settings = settings;
        this.socket = socket;
    }

    static PatientTransport of(NotificationsSettings settings) {
        var socket = new KeptSocket();
        var properties = settings.mailProperties();
        var prefix = "mail." + settings.protocol();
        properties.put(prefix + ".socketFactory", socket);
        properties.setProperty(prefix + ".socketFactory.fallback", "false");
        return new PatientTransport(settings, Session.getInstance(properties), socket);
    }

    /** Whether the server has all of the last mail and may have taken it. */
    boolean isUnheard() {
        return unheard;
    }

    @Override
    public synchronized boolean isConnected() {
        return waits(settings.readTimeout()) && super.isConnected();
    }

    @Override
    protected void mailFrom() throws MessagingException {
        unheard = false;
        waits(settings.recipientTimeout());
        super.mailFrom();
    }

    /** Any answer is one: what begins with 2 says yes, whatever follows. */
    @Override
    protected void finishData() throws IOException, MessagingException {
        waits(settings.takenTimeout());
        unheard = true;
        try {
            super.finishData();
        } catch (SMTPSendFailedException e) {
            int code = e.getReturnCode();
            unheard = code < 200 || code >= 300 && code < 400;
            if (code >= 300 || unheard) {
                throw e;
            }
        }
        unheard = false;
    }

    /** False if the connection is gone; then the next command says so. */
    private boolean waits(Duration atMost) {
        try {
            socket.kept.setSoTimeout(Math.toIntExact(atMost.toMillis()));
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Makes one socket, the one below any encryption, and keeps it: the library does not say what it reads from. */
    private static final class KeptSocket extends SocketFactory {

        private volatile Socket kept = new Socket();

        @Override
        public Socket createSocket() {
            kept = new Socket();
            return kept;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }
}
