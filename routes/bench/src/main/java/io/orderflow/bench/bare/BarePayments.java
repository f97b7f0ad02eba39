package io.orderflow.bench.bare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Keeps a request for each charge and each undoing, and carries it out after the commit at a simulated provider, whose
 * books are durable before its answer counts; a second transaction keeps the answer.
 */
final class BarePayments implements BareConsumer.Service {

    private static final int TOGETHER = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<Said> requests = new LinkedBlockingQueue<>();
    private final Connection provider;
    private final Connection answers;
    private final BareOutbox outbox;

    BarePayments(Connection provider, Connection answers, BareOutbox outbox) {
        this.provider = provider;
        this.answers = answers;
        this.outbox = outbox;
        Thread.ofPlatform().daemon().name("cashier").start(this::work);
    }

    @Override
    public List<Said> handle(Connection transaction, List<Said> events) throws SQLException {
        var charges = of("OrderCreated", events);
        Columns.of(charges, Said::order)
                .number(charges, BarePayments::amount)
                .text(charges, BarePayments::token)
                .update(transaction, """
                        insert into payments_payment (order_id, state, amount_minor, currency, token)
                        select id, 'REQUESTED', amount, 'EUR', token from unnest(?, ?, ?) as row (id, amount, token)""");
        var undone = of("OrderCancelled", events);
        if (!undone.isEmpty()) {
            Columns.of(undone, Said::order).update(transaction, """
                            update payments_payment set state = 'UNDOING', updated_at = now() where order_id = any(?)""");
        }
        return List.of();
    }

    /** An order's charge comes before its undoing in the queue, as on the topic. */
    @Override
    public void committed(List<Said> events) {
        events.stream().filter(event -> !event.is("OrderConfirmed")).forEach(requests::add);
    }

    private void work() {
        List<Said> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(requests.take());
                requests.drainTo(batch, TOGETHER - 1);
                charge(of("OrderCreated", batch));
                undo(of("OrderCancelled", batch));
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("cashier", e);
        }
    }

    private void charge(List<Said> charges) throws SQLException {
        if (charges.isEmpty()) {
            return;
        }
        Columns.of(charges, Said::order)
                .number(charges, BarePayments::amount)
                .text(charges, BarePayments::token)
                .update(provider, """
                        with charged as (
                            insert into provider_charge (key, outcome, amount_minor, currency, token)
                            select 'charge-' || id, case token when 'tok_declined' then 'DECLINED' else 'CAPTURED' end,
                                amount, 'EUR', token
                            from unnest(?, ?, ?) as row (id, amount, token)
                            on conflict do nothing returning *)
                        insert into provider_journal (operation, key, debit, credit, amount_minor, currency)
                        select 'charge', key, 'customer', 'shop', amount_minor, currency from charged
                        where outcome = 'CAPTURED'""");
        provider.commit();
        var answered = Columns.of(charges, Said::order)
                .query(
                        answers,
                        """
                        update payments_payment set state = outcome, updated_at = now() from provider_charge
                        where order_id = any(?) and key = 'charge-' || order_id and state = 'REQUESTED'
                        returning order_id, state, payments_payment.amount_minor""",
                        row -> Said.now(
                                Said.PAYMENT_EVENTS,
                                row.getString(2).equals("CAPTURED") ? "PaymentCompleted" : "PaymentDeclined",
                                row.getObject(1, UUID.class),
                                money(row.getLong(3))));
        say(answered);
    }

    private void undo(List<Said> undone) throws SQLException {
        if (undone.isEmpty()) {
            return;
        }
        Set<UUID> refunded = new HashSet<>(
                Columns.of(undone, Said::order).query(provider, """
                        insert into provider_journal (operation, key, debit, credit, amount_minor, currency)
                        select 'refund', 'refund-' || id, 'shop', 'customer', amount_minor, currency
                        from unnest(?) as row (id) join provider_charge on key = 'charge-' || id and outcome = 'CAPTURED'
                        on conflict do nothing returning right(key, 36)::uuid""", row -> row.getObject(1, UUID.class)));
        provider.commit();
        Columns.of(undone, Said::order)
                .text(undone, event -> refunded.contains(event.order()) ? "REFUNDED" : "VOIDED")
                .update(answers, """
                        update payments_payment set state = row.state, updated_at = now()
                        from unnest(?, ?) as row (id, state) where order_id = id""");
        say(undone.stream()
                .map(event -> Said.now(
                        Said.PAYMENT_EVENTS,
                        refunded.contains(event.order()) ? "PaymentRefunded" : "PaymentVoided",
                        event.order(),
                        JSON.createObjectNode()))
                .toList());
    }

    private void say(List<Said> events) throws SQLException {
        outbox.store(answers, events);
        answers.commit();
        outbox.send(events);
    }

    private static List<Said> of(String type, List<Said> events) {
        return events.stream().filter(event -> event.is(type)).toList();
    }

    private static long amount(Said created) {
        return created.payload().get("total").get("amount_minor").longValue();
    }

    private static String token(Said created) {
        return created.payload().get("payment_token").textValue();
    }

    private static ObjectNode money(long amount) {
        ObjectNode payload = JSON.createObjectNode();
        payload.putObject("amount").put("amount_minor", amount).put("currency", "EUR");
        return payload;
    }
}
