package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

/** What is waited for, and what is parked. */
class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "08006, true, connection lost",
        "40P01, true, deadlock",
        "53100, true, disk full",
        "57P01, true, shut down by an operator",
        "58030, true, cannot read or write its files",
        "55P03, true, lock not available",
        "25006, true, only reads: a standby or a full disk",
        "25P03, true, idle for too long within a transaction",
        "25P04, true, transaction took too long",
        "25P02, false, statement after a failed one",
        "22001, false, value too long",
        "23505, false, duplicate key",
        "54000, false, limit exceeded"
    })
    void aDatabaseThatIsAwayIsToldFromAnEventThatIsBad(String sqlState, boolean away, String what) {
        var failure = new DataAccessResourceFailureException(what, new SQLException(what, sqlState));

        assertThat(Failures.isInfrastructure(failure)).as(what).isEqualTo(away);
    }

    @Test
    void aCertificateOfADatabaseIsARefusalAndALostConnectionIsNone() {
        var handshake = new SQLException("SSL error", "08006", new SSLHandshakeException("PKIX path building failed"));
        var name = new SQLException("The hostname db could not be verified by hostnameverifier X.", "08006");

        assertThat(Failures.isRefusal(new DataAccessResourceFailureException("no connection", handshake)))
                .isTrue();
        assertThat(Failures.isRefusal(new SQLException("x", "08006", new CertificateExpiredException())))
                .isTrue();
        assertThat(Failures.isRefusal(name)).isTrue();
        assertThat(Failures.isRefusal(new SQLException("lost", "08006", new EOFException())))
                .isFalse();
    }

    @Test
    void whatWasRolledBackIsToldAndNotThatTheRollbackFailed() {
        var failure = new TransactionSystemException("cannot roll back", new SQLException("closed", "08003"));
        failure.initApplicationException(new IllegalStateException("the cause"));

        assertThat(Failures.describe(failure)).isEqualTo("IllegalStateException: the cause");
        assertThat(Failures.isInfrastructure(failure)).isTrue();
    }

    @Test
    void aDatabasesDetailsAreNotTold() {
        var refused =
                new SQLException("ERROR: violates a check\n  Detail: Failing row contains (Ada, ada@example.com).");

        assertThat(Failures.describe(new IllegalStateException(refused)))
                .isEqualTo("SQLException: ERROR: violates a check");
        assertThat(Failures.describe(new SQLException(""))).isEqualTo("SQLException: ");
    }
}
