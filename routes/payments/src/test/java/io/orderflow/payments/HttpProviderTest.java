package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.contracts.Money;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The same promises, kept by a provider over HTTP with our adapter before it. */
class HttpProviderTest extends SimulatedProviderTest {

    private final ProviderOverHttp provider = new ProviderOverHttp();

    @Override
    PaymentProvider provider() {
        return provider;
    }

    @Override
    JdbcTemplate books() {
        return provider.books();
    }

    /** Here the provider owns its database: nobody but it may enter, and it too only adds. */
    @Test
    @Override
    void theJournalIsAppendOnly() {
        provider().charge("charge-" + UUID.randomUUID(), new Money(1, "EUR"), "tok_visa");

        for (var change : List.of(
                "update provider.journal set amount_minor = 0",
                "delete from provider.journal",
                "truncate provider.journal")) {
            assertThatThrownBy(() -> books().update(change))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("append-only");
        }
    }
}
