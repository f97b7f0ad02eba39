package io.orderflow.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.bench.load.MailSink;
import io.orderflow.bench.load.SeenIds;
import io.orderflow.bench.machine.Sql;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An audit that finds nothing where something is wrong would make every contestant honest; each wrong is planted. */
class LedgerAuditTest {

    private static final Contestant.Account ACCOUNT =
            new Contestant.Account("select * from ledger", "select * from taken", "select 0");

    private final Sql database = new Sql(Postgres.shared().freshDatabase().url() + "?user=postgres");
    private final SeenIds accepted = new SeenIds();
    private final UUID confirmed = UUID.randomUUID();
    private final UUID cancelled = UUID.randomUUID();
    private MailSink mails;

    @BeforeEach
    void twoOrdersThatAreRight() throws Exception {
        mails = new MailSink();
        database.execute("""
                create table ledger (order_id uuid, status text, total bigint, charged bigint, refunded bigint,
                    charges int, ordered int, held int);
                create table taken (sku text, pieces bigint);
                insert into taken values ('mug', 2)""");
        order(confirmed, "'CONFIRMED', 2580, 2580, 0, 1, 2, 2");
        order(cancelled, "'CANCELLED', 2580, 2580, 2580, 1, 2, 0");
        accepted.add(confirmed);
        accepted.add(cancelled);
        mail(confirmed, "confirmed");
        mail(cancelled, "cancelled");
    }

    @AfterEach
    void close() throws IOException {
        mails.close();
    }

    @Test
    void whatIsRightHasNoFinding() throws Exception {
        assertThat(audit()).isEmpty();
    }

    @Test
    void aLostOrderIsFound() throws Exception {
        accepted.add(UUID.randomUUID());

        assertThat(audit()).containsExactly("1 accepted orders lost");
    }

    @Test
    void aDoubledOrderIsFound() throws Exception {
        order(cancelled, "'CANCELLED', 2580, 2580, 2580, 1, 2, 0");

        assertThat(audit()).containsExactly("1 orders twice, as " + cancelled);
    }

    @Test
    void anOrderThatNobodyWasToldOfIsFound() throws Exception {
        order(UUID.randomUUID(), "'CANCELLED', 2580, 0, 0, 0, 2, 0");

        assertThat(audit()).anyMatch(finding -> finding.startsWith("1 orders that nobody was told of, as "));
    }

    @Test
    void anOrderWithoutAnEndIsFound() throws Exception {
        database.execute("update ledger set status = 'PENDING', held = 2 where order_id = '" + confirmed + "'");

        assertThat(audit()).containsExactly("1 orders without an end, as " + confirmed);
    }

    @Test
    void moneyIsFoundToTheCent() throws Exception {
        database.execute("update ledger set charged = 5160, charges = 2 where order_id = '" + confirmed + "'");
        database.execute("update ledger set refunded = 2579 where order_id = '" + cancelled + "'");

        assertThat(audit())
                .containsExactlyInAnyOrder(
                        "1 orders charged more than once, as " + confirmed,
                        "1 orders confirmed and not paid to the cent, as " + confirmed,
                        "1 orders cancelled and still paid, as " + cancelled);
    }

    @Test
    void stockIsFoundToThePiece() throws Exception {
        database.execute("update ledger set held = 1 where order_id = '" + confirmed + "'");

        assertThat(audit())
                .containsExactly(
                        "1 orders confirmed without all of their pieces, as " + confirmed,
                        "2 pieces taken from stock (expected: 1, as the orders hold)");
    }

    @Test
    void aMailThatIsMissingOrCameTwiceIsFound() throws Exception {
        mail(confirmed, "confirmed");
        var untold = UUID.randomUUID();
        accepted.add(untold);
        order(untold, "'CANCELLED', 2580, 0, 0, 0, 2, 0");
        mail(untold, "refunded");

        assertThat(audit())
                .containsExactly("1 orders cancelled and nobody was told, as " + untold, "1 mails sent again");
    }

    private List<String> audit() throws Exception {
        return new LedgerAudit(ACCOUNT, accepted, mails).of(database);
    }

    private void order(UUID id, String rest) throws Exception {
        database.execute("insert into ledger values ('" + id + "', " + rest + ")");
    }

    private void mail(UUID order, String outcome) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), mails.port())) {
            var mail =
                    "EHLO test\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nMessage-ID: <%s.%s@b>\r\n\r\nHello\r\n.\r\nQUIT\r\n"
                            .formatted(order, outcome);
            socket.getOutputStream().write(mail.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}
