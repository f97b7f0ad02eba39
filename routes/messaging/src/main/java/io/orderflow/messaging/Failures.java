package io.orderflow.messaging;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells infrastructure that is away, which is waited for, from an event that cannot be handled, which is parked. The
 * difference is what keeps a database fail-over from emptying a topic into the parking table.
 */
public final class Failures {

    /**
     * Connection lost, transaction rolled back by the server, out of resources, operator intervention, trouble of its
     * system.
     */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "40", "53", "57", "58");

    /**
     * A lock that another session keeps; a server that takes no writes; a transaction that was idle, or that ran, for
     * too long.
     */
    private static final Set<String> AWAY_STATES = Set.of("55P03", "25006", "25P03", "25P04");

    /** Only a server that is there says so: a lock, a conflict, a right, a full disk. */
    private static final String ANSWERS = "55P03|40...|42501|53100";

    private Failures() {}

    /** Whether the cause is a database, broker or network that will come back by itself. */
    public static boolean isInfrastructure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isAway(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(Throwable cause) {
        return switch (cause) {
            case SQLTransientConnectionException e -> true;
            case SQLNonTransientConnectionException e -> true;
            case SQLRecoverableException e -> true;
            case SQLException e -> isAway(e.getSQLState());
            case CannotCreateTransactionException e -> true;
            // The rollback found the connection gone, and its failure hides the one before.
            case TransactionSystemException e -> true;
            case RetriableException e -> true;
            case Stopping e -> true;
            case SocketException e -> true;
            case SocketTimeoutException e -> true;
            case EOFException e -> true;
            default -> false;
        };
    }

    private static boolean isAway(String sqlState) {
        return sqlState != null
                && sqlState.length() == 5
                && (AWAY_CLASSES.contains(sqlState.substring(0, 2)) || AWAY_STATES.contains(sqlState));
    }

    /**
     * The innermost cause's class and the first line of its message: what an operator reads first. The lines after it
     * are a database's details, which tell the row that it refuses, with whatever is in it.
     */
    public static String describe(Throwable failure) {
        var root = root(failure);
        var message = root.getMessage();
        return root.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }

    /** What kind of failure it is, in whatever words it comes: the innermost cause's class, and a database's code. */
    static String kind(Throwable failure) {
        var root = root(failure);
        return root.getClass().getName() + (root instanceof SQLException e ? e.getSQLState() : "");
    }

    /** Whether a server has understood and says no: a login, a right, or what was asked for is not there. */
    static boolean isRefusal(Throwable failure) {
        return isAny(failure, cause -> switch (cause) {
            case SQLException e ->
                e.getSQLState() != null && e.getSQLState().matches("28...|3D...|42501") || isWrongName(e);
            case AuthenticationException e -> true;
            case AuthorizationException e -> true;
            case UnknownTopicOrPartitionException e -> true;
            // A database's certificate, which its driver calls a lost connection.
            case SSLHandshakeException e -> true;
            case SSLPeerUnverifiedException e -> true;
            case CertificateException e -> true;
            default -> false;
        });
    }

    /** The driver has no code of its own for a certificate of another host. */
    private static boolean isWrongName(SQLException e) {
        return e.getMessage() != null && e.getMessage().contains("hostnameverifier");
    }

    /** Whether it is a server's own answer, whatever else fails meanwhile. */
    static boolean isAnswer(Throwable failure) {
        return isAny(failure, cause -> switch (cause) {
            case SQLException e -> e.getSQLState() != null && e.getSQLState().matches(ANSWERS);
            case AuthorizationException e -> true;
            case UnknownTopicOrPartitionException e -> true;
            default -> false;
        });
    }

    private static boolean isAny(Throwable failure, Predicate<Throwable> kind) {
        return Stream.iterate(failure, Objects::nonNull, Failures::behind).anyMatch(kind);
    }

    /** The innermost cause. */
    public static Throwable root(Throwable failure) {
        var root = failure;
        for (var cause = failure; cause != null; cause = behind(cause)) {
            root = cause;
        }
        return root;
    }

    /** The cause; of a rollback that failed, too, what was rolled back. */
    private static Throwable behind(Throwable failure) {
        return failure instanceof TransactionSystemException e && e.getApplicationException() != null
                ? e.getApplicationException()
                : failure.getCause();
    }

    /** The role is being stopped: what is under way is given back. */
    public static final class Stopping extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Stopping(String what) {
            super(what + ": stopping");
        }
    }
}
