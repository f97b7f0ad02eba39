package io.orderflow.notifications;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.Semaphore;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * The open connections to the mail server: connecting and taking leave costs both sides more than a mail. A mail takes
 * a free connection, opens one, or waits where there are as many as the server should see.
 *
 * <p>A connection that has carried no mail for a moment is asked whether it is still there before it carries another;
 * one that proves to be gone before the server has heard of the mail is replaced by the next. None is used again after
 * anything went wrong on it. So one that died between two mails costs neither a mail nor a copy. No mail is sent a
 * second time in here: only the worker's next attempt may make a copy, and whether it may is said
 * ({@link UnheardAnswer}).
 */
final class MailConnections extends DefaultJavaMailSender implements AutoCloseable {

    /** Mail servers end a connection, with an error, after too many mails; this is fewer than any of them allows. */
    private static final int MAILS_OF_A_CONNECTION = 100;

    /** For so long after a mail a connection needs not be asked. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final NotificationsSettings settings;
    private final Duration moment;
    private final Session session;
    private final Semaphore free;
    private final GenericObjectPool<PatientTransport> open;

    /** @param slowLane how many mails may be under way that are slow: each has a connection for itself */
    MailConnections(NotificationsSettings settings, int slowLane) {
        this(settings, slowLane, A_MOMENT);
    }

    MailConnections(NotificationsSettings settings, int slowLane, Duration moment) {
        this.settings = settings;
        this.moment = moment;
        session = PatientTransport.session(settings);
        setProtocol(settings.protocol());
        setHost(settings.smtpHost());
        setPort(settings.smtpPort());
        setUsername(settings.username());
        setPassword(settings.password());
        free = new Semaphore(settings.connections() + slowLane);
        var config = new GenericObjectPoolConfig<PatientTransport>();
        config.setMaxTotal(-1);
        config.setMaxIdle(-1);
        config.setTestOnBorrow(true);
        config.setMinEvictableIdleDuration(settings.idleTimeout());
        config.setTimeBetweenEvictionRuns(settings.idleTimeout().dividedBy(2));
        config.setNumTestsPerEvictionRun(-1);
        config.setJmxEnabled(false);
        open = new GenericObjectPool<>(new Connections(), config);
    }

    @Override
    public void send(MimeMessage letter) throws MessagingException {
        letter.setSentDate(new Date());
        letter.saveChanges();
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("mail server: no connection, for we stop", e);
        }
        try {
            boolean sent = false;
            while (!sent) {
                sent = sendOver(borrow(), letter);
            }
        } finally {
            free.release();
        }
    }

    /** False if the connection was gone, and the server has not heard of the mail. */
    private boolean sendOver(PatientTransport connection, MimeMessage letter) throws MessagingException {
        try {
            connection.sendMessage(letter, letter.getAllRecipients());
        } catch (MessagingException | RuntimeException e) {
            discard(connection, e);
            if (connection.isUnheard()) {
                throw new UnheardAnswer(e);
            }
            if (connection.wasGone()) {
                return false;
            }
            throw e;
        }
        open.returnObject(connection);
        return true;
    }

    private PatientTransport borrow() throws MessagingException {
        try {
            return open.borrowObject();
        } catch (MessagingException e) {
            throw e;
        } catch (Exception e) {
            throw new MessagingException("mail server: no connection", e);
        }
    }

    private void discard(PatientTransport connection, Exception because) {
        try {
            open.invalidateObject(connection);
        } catch (Exception e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        open.close();
    }

    private final class Connections extends BasePooledObjectFactory<PatientTransport> {

        @Override
        public PatientTransport create() throws MessagingException {
            var connection = new PatientTransport(settings, session);
            connection.connect(getHost(), getPort(), getUsername(), getPassword());
            return connection;
        }

        @Override
        public PooledObject<PatientTransport> wrap(PatientTransport connection) {
            return new DefaultPooledObject<>(connection);
        }

        /** Asks the server, unless the connection was opened for this very mail or has carried one just now. */
        @Override
        public boolean validateObject(PooledObject<PatientTransport> connection) {
            return connection.getBorrowedCount() == 1
                    || connection.getBorrowedCount() <= MAILS_OF_A_CONNECTION
                            && (connection.getObject().wasUsedWithin(moment)
                                    || connection.getObject().isConnected());
        }

        @Override
        public void destroyObject(PooledObject<PatientTransport> connection) throws MessagingException {
            connection.getObject().close();
        }
    }
}
