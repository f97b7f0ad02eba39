package io.orderflow.peers.saga.orders;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys under which orders were placed, with the answer to each. */
@Repository
class PurchaseKeys {

    private final JdbcClient jdbc;

    PurchaseKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is kept of a request. */
    record KeptAnswer(String fingerprint, String answer) {}

    /** False if the key was used before; waits for the one that is using it now. */
    boolean claim(String key, KeptAnswer answer) {
        int inserted =
                jdbc.sql("""
                        insert into orders.idempotency_key (key, fingerprint, answer)
                        values (?, ?, ?) on conflict do nothing""").params(key, answer.fingerprint(), answer.answer()).update();
        return inserted == 1;
    }

    KeptAnswer find(String key) {
        return jdbc.sql("select fingerprint, answer from orders.idempotency_key where key = ?")
                .param(key)
                .query(KeptAnswer.class)
                .single();
    }
}
