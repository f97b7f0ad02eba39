package io.orderflow.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.model.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The invariants of the saga hold in every run: each a seed's choice of orders, of faults, and of the next of all
 * possible steps. {@code -Dseed=n} tells the story of one, {@code -Dseeds=n} tries so many.
 */
class SagaModelTest {

    private static final long SEEDS = 10_000;
    private static final long SEEDS_OF_A_CAMPAIGN = 1_000_000;

    @Test
    void everySeedEndsWithTheBooksRight() throws Exception {
        var one = Long.getLong("seed");
        if (one != null) {
            Campaign.tell(one, System.out::println);
            return;
        }
        var campaign = Campaign.run(0, Long.getLong("seeds", SEEDS), 1);

        if (Long.getLong("seeds", SEEDS) >= SEEDS) {
            sawEverything(campaign);
        }
    }

    @Test
    @Tag("campaign")
    void aMillionSeedsEndWithTheBooksRight() throws Exception {
        var worlds = Runtime.getRuntime().availableProcessors();

        sawEverything(Campaign.run(SEEDS, Long.getLong("campaign.seeds", SEEDS_OF_A_CAMPAIGN), worlds));
    }

    /** Otherwise it would have proven less than it says. */
    private static void sawEverything(Campaign campaign) {
        assertThat(campaign.steps()).as("kinds of steps").containsOnlyKeys(Kind.values());
        assertThat(campaign.ends())
                .as("ends")
                .containsOnlyKeys(
                        "CONFIRMED",
                        "CANCELLED CUSTOMER",
                        "CANCELLED CUSTOMER uncharged",
                        "CANCELLED DEADLINE",
                        "CANCELLED DEADLINE uncharged",
                        "CANCELLED OUT_OF_STOCK",
                        "CANCELLED OUT_OF_STOCK uncharged",
                        "CANCELLED PAYMENT_DECLINED uncharged",
                        "CANCELLED unsettled");
        assertThat(campaign.copies()).as("mails sent once more").isPositive();
    }
}
