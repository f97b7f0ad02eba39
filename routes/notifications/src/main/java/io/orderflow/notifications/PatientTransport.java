package io.orderflow.notifications;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A connection to the mail server that waits for each answer as long as RFC 5321 asks, and knows whether the answer to
 * the last dot was heard. The mail library has one time-out for all answers: one that is right for a greeting makes
 * copies after the dot, and one that is right there lets a server that is away look like one that thinks.
 *
 * <p>To a server that takes commands in advance (RFC 2920) it sends who the mail is from, for whom it is and that it
 * comes in one go, and waits twice for an answer instead of four times. What the server says is read one by one as
 * before; a connection on which anything was refused is closed, so that what was sent in advance has no effect.
 */
final class PatientTransport extends SMTPTransport {

    /** The library names its log after our package, and tells addresses in it: kept here, or it would be made anew. */
    private static final Logger ITS_LOG = Logger.getLogger(PatientTransport.class.getPackageName());

    static {
        ITS_LOG.setLevel(Level.OFF);
    }

    /** 421: the server closes the connection. */
    private static final int SERVICE_CLOSES = 421;

    /** Who is being connected by this thread: the one whose socket the library asks for. */
    private static final ThreadLocal<PatientTransport> CONNECTING = new ThreadLocal<>();

    private final NotificationsSettings settings;

    /** The socket below any encryption: the library does not say what it reads from. */
    private volatile HeldSocket socket = new HeldSocket();

    private final Deque<String> sentAhead = new ArrayDeque<>();
    private Address[] recipients = {};
    private boolean unheard;
    private boolean gone;
    private long usedAt;
    private boolean used;

    /** @param session {@link #session} of the same settings */
    PatientTransport(NotificationsSettings settings, Session session) {
        super(
                session,
                new URLName(settings.protocol(), null, -1, null, null, null),
                settings.protocol(),
                settings.tls().equals("tls"));
        this.settings = settings;
    }

    /** For all connections: one of its own would look through the class path for what it can do, for a millisecond. */
    static Session session(NotificationsSettings settings) {
        var properties = settings.mailProperties();
        var prefix = "mail." + settings.protocol();
        properties.put(prefix + ".socketFactory", new HeldSockets());
        properties.setProperty(prefix + ".socketFactory.fallback", "false");
        return Session.getInstance(properties);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        CONNECTING.set(this);
        try {
            return super.protocolConnect(host, port, user, password);
        } finally {
            CONNECTING.remove();
        }
    }

    /** Whether the server has all of the last mail and may have taken it. */
    boolean isUnheard() {
        return unheard;
    }

    /** Whether the connection had carried mails and was gone before the server heard of this one. */
    boolean wasGone() {
        return used && gone;
    }

    /** Whether it has carried a mail within that time. */
    boolean wasUsedWithin(Duration time) {
        return used && System.nanoTime() - usedAt < time.toNanos();
    }

    @Override
    public synchronized void sendMessage(Message letter, Address[] to) throws MessagingException {
        recipients = to;
        super.sendMessage(letter, to);
        used = true;
        usedAt = System.nanoTime();
    }

    @Override
    public synchronized boolean isConnected() {
        return waits(settings.readTimeout()) && super.isConnected();
    }

    @Override
    protected void mailFrom() throws MessagingException {
        unheard = false;
        gone = false;
        sentAhead.clear();
        waits(settings.recipientTimeout());
        try {
            super.mailFrom();
        } catch (SMTPSendFailedException e) {
            gone = e.getReturnCode() < 0 || e.getReturnCode() == SERVICE_CLOSES;
            throw e;
        } catch (MessagingException e) {
            gone = e.getNextException() instanceof IOException failure && !(failure instanceof SocketTimeoutException);
            throw e;
        }
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (sentAhead.isEmpty()) {
            if (command.startsWith("MAIL ") && recipients.length == 1 && supportsExtension("PIPELINING")) {
                sendTogether(command, ((InternetAddress) recipients[0]).getAddress());
            } else {
                super.sendCommand(command);
            }
        } else if (command.equals("RSET") || command.equals("QUIT")) {
            // Of a mail that is refused: the connection ends, and the server may take this for the mail's text.
            sentAhead.clear();
        } else if (!command.equals(sentAhead.remove())) {
            throw new MessagingException("mail server: what was sent in advance was another command");
        }
    }

    private void sendTogether(String mailFrom, String recipient) throws MessagingException {
        socket.hold();
        super.sendCommand(mailFrom);
        sendAhead("RCPT TO:<" + recipient + ">");
        sendAhead("DATA");
        try {
            socket.letGo();
        } catch (IOException e) {
            throw new MessagingException("mail server: cannot be written to", e);
        }
    }

    private void sendAhead(String command) throws MessagingException {
        super.sendCommand(command);
        sentAhead.add(command);
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
            socket.setSoTimeout(Math.toIntExact(atMost.toMillis()));
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Makes the socket of the connection that is being opened, and lets that keep it. */
    private static final class HeldSockets extends SocketFactory {

        @Override
        public Socket createSocket() throws SocketException {
            var made = new HeldSocket();
            made.setTcpNoDelay(true);
            CONNECTING.get().socket = made;
            return made;
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
