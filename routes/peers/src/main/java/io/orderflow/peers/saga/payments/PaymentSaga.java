package io.orderflow.peers.saga.payments;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.peers.saga.EventMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Service;

/**
 * Asks the provider first, outside of any transaction, and keeps the answer then: no connection waits for another
 * company.
 */
@Service
public class PaymentSaga {

    private final Acquirer acquirer;
    private final PaymentDesk desk;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    PaymentSaga(Acquirer acquirer, PaymentDesk desk) {
        this.acquirer = acquirer;
        this.desk = desk;
    }

    /** One transaction for however many messages are handed in together, and their calls at the same time. */
    public void hear(List<EventMessage> said) {
        var ours = said.stream()
                .filter(one -> one.event() instanceof OrderCreated || one.event() instanceof OrderCancelled)
                .toList();
        if (!ours.isEmpty()) {
            desk.keep(ours, answers(ours));
        }
    }

    private Map<UUID, Optional<Event>> answers(List<EventMessage> ours) {
        if (ours.size() == 1) {
            return Map.of(ours.getFirst().id(), acquirer.answer(ours.getFirst().event()));
        }
        Map<UUID, Future<Optional<Event>>> asked = new LinkedHashMap<>();
        ours.forEach(one -> asked.put(one.id(), calls.submit(() -> acquirer.answer(one.event()))));
        Map<UUID, Optional<Event>> answers = new HashMap<>();
        asked.forEach((id, answer) -> answers.put(id, result(answer)));
        return answers;
    }

    private static <T> T result(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
