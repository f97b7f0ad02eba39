package io.orderflow.bench.contestant;

import io.orderflow.bench.load.MailSink;
import io.orderflow.bench.load.SeenIds;
import io.orderflow.bench.machine.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whether a contestant has kept what it took: each accepted order once and final, its money and its stock to the piece,
 * and one mail for its end. The same questions for everybody.
 */
final class LedgerAudit {

    private final Contestant.Account account;
    private final SeenIds accepted;
    private final MailSink mails;
    private final SeenIds found = new SeenIds();
    private final Map<String, Integer> wrong = new LinkedHashMap<>();
    private final Map<String, UUID> examples = new LinkedHashMap<>();
    private long held;

    LedgerAudit(Contestant.Account account, SeenIds accepted, MailSink mails) {
        this.account = account;
        this.accepted = accepted;
        this.mails = mails;
    }

    /** What is wrong, a line for each kind of wrong. */
    List<String> of(Sql database) throws SQLException {
        database.list(account.ledger(), row -> {
            check(row);
            return null;
        });
        List<String> findings = new ArrayList<>();
        wrong.forEach((what, times) -> findings.add(times + " orders " + what + ", as " + examples.get(what)));
        if (found.size() < accepted.size()) {
            findings.add((accepted.size() - found.size()) + " accepted orders lost");
        }
        long taken =
                (long) database.number("select coalesce(sum(pieces), 0) from (" + account.taken() + ") as all_taken");
        if (taken != held) {
            findings.add(taken + " pieces taken from stock (expected: " + held + ", as the orders hold)");
        }
        if (mails.copies() > 0) {
            findings.add(mails.copies() + " mails sent again");
        }
        if (mails.nameless() > 0) {
            findings.add(mails.nameless() + " mails of no order");
        }
        return findings;
    }

    private void check(ResultSet row) throws SQLException {
        var order = row.getObject("order_id", UUID.class);
        if (!accepted.contains(order)) {
            note(order, "that nobody was told of");
        } else if (!found.add(order)) {
            note(order, "twice");
        }
        long charged = row.getLong("charged") - row.getLong("refunded");
        int pieces = row.getInt("held");
        held += pieces;
        if (row.getInt("charges") > 1) {
            note(order, "charged more than once");
        }
        switch (row.getString("status")) {
            case "CONFIRMED" -> {
                noteUnless(charged == row.getLong("total"), order, "confirmed and not paid to the cent");
                noteUnless(pieces == row.getInt("ordered"), order, "confirmed without all of their pieces");
                noteUnless(mails.hasTold(order), order, "confirmed and nobody was told");
            }
            case "CANCELLED" -> {
                noteUnless(charged == 0, order, "cancelled and still paid");
                noteUnless(pieces == 0, order, "cancelled with pieces of stock");
                noteUnless(mails.hasTold(order), order, "cancelled and nobody was told");
            }
            default -> note(order, "without an end");
        }
    }

    private void noteUnless(boolean right, UUID order, String what) {
        if (!right) {
            note(order, what);
        }
    }

    private void note(UUID order, String what) {
        wrong.merge(what, 1, Integer::sum);
        examples.putIfAbsent(what, order);
    }
}
