package io.orderflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.testkit.Postgres;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The simulated provider's books are made for whoever asks for that provider, and schemas that have them already go on.
 */
class ProviderMigrationsTest {

    private final Postgres.Database database = Postgres.shared().freshDatabase();
    private final JdbcTemplate sql = new JdbcTemplate(new DriverManagerDataSource(database.url(), database.user(), ""));

    @Test
    void whoPaysTheSimulatedProviderHasItsBooksInAHistoryOfTheirOwn() {
        migrate("simulated");
        migrate("simulated");

        assertThat(versions("migrations_payments")).containsExactly("0", "1", "3", "5");
        assertThat(versions("migrations_provider")).containsExactly("0", "1");
        assertThat(hasBooks()).isTrue();
        assertThat(mayChangeTheJournal()).isFalse();
    }

    @Test
    void whoPaysOverHttpHasNoBooksOfASimulatedProvider() {
        migrate("http");

        assertThat(hasBooks()).isFalse();

        migrate("simulated");

        assertThat(hasBooks()).isTrue();
    }

    /** As payments' second migration, which is no file any more; 0.5: as one that is older than all of ours. */
    @ParameterizedTest
    @CsvSource({"simulated, 2", "http, 2", "simulated, 0.5", "http, 0.5"})
    void aSchemaThatHasTheBooksFromBeforeGoesOn(String provider, String version) {
        migrateAsBefore();
        sql.execute("set role payments; insert into provider.journal values"
                + " ('charge', 'one', 'customer', 'shop', 1290, 'EUR'); reset role");
        sql.update("set role payments_migrator; update payments.migrations_payments set version = '" + version
                + "' where version = '2'; reset role");

        migrate(provider);
        migrate("simulated");

        assertThat(versions("migrations_payments")).startsWith("0", "1", version, "3");
        assertThat(versions("migrations_provider")).containsExactly("0", "1");
        assertThat(sql.queryForObject("select count(*) from provider.journal", Long.class))
                .isEqualTo(1);
        assertThat(mayChangeTheJournal()).isFalse();
        assertThatThrownBy(() -> sql.execute("set role payments_migrator; delete from provider.journal"))
                .hasMessageContaining("append-only");
    }

    @Test
    void aProviderThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> migrate("paypal"))
                .isInstanceOf(Migrator.Failed.class)
                .hasMessage("orderflow.payments.provider: paypal (expected: simulated or http)");
    }

    private void migrate(String provider) {
        Orderflow.migrate(
                "--roles=payments",
                "--orderflow.payments.provider=" + provider,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user());
    }

    private void migrateAsBefore() {
        migrate("http");
        sql.execute("set role payments_migrator;"
                + " delete from payments.migrations_payments where version::integer >= 3; reset role");
        Flyway.configure()
                .dataSource(database.url(), database.user(), "")
                .initSql("set role payments_migrator")
                .schemas("payments")
                .table("migrations_payments")
                .locations("classpath:db/payments", "classpath:before/payments")
                .target("2")
                .load()
                .migrate();
        assertThat(versions("migrations_payments")).containsExactly("0", "1", "2");
        assertThat(hasBooks()).isTrue();
    }

    private List<String> versions(String history) {
        return sql.queryForList("select version from payments." + history + " order by installed_rank", String.class);
    }

    private boolean hasBooks() {
        return sql.queryForObject("select to_regclass('provider.journal') is not null", Boolean.class);
    }

    private boolean mayChangeTheJournal() {
        return sql.queryForObject(
                "select has_table_privilege('payments', 'provider.journal', 'update, delete')", Boolean.class);
    }
}
