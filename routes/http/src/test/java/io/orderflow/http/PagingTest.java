package io.orderflow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class PagingTest {

    private static final List<String> KEY =
            List.of("2026-11-23T18:00:00.123456Z", "0190a6f0-0000-7000-8000-000000000000", "ä\n");

    @Test
    void givesBackTheKeyThatACursorWasMadeOf() {
        assertThat(Paging.decoded("ada /orders", Paging.encoded("ada /orders", KEY)))
                .isEqualTo(KEY);
    }

    @Test
    void refusesACursorOfAnotherCallerOrResource() {
        var cursor = Paging.encoded("ada /orders", KEY);

        refuses("bob /orders", cursor);
        refuses("ada /products", cursor);
    }

    @Test
    void refusesEveryCursorWithOneCharacterChanged() {
        var cursor = Paging.encoded("ada /orders", KEY);

        for (int i = 0; i < cursor.length() - 1; i++) {
            var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            refuses("ada /orders", cursor.substring(0, i) + other + cursor.substring(i + 1));
        }
        refuses("ada /orders", cursor.substring(0, 8));
        refuses("ada /orders", "A".repeat(100_000));
        refuses("ada /orders", "");
    }

    @Test
    void tellsWhetherThereIsMoreByTheRowBeyondTheLimit() {
        var paging = new Paging("ada /orders", 2, List.of());

        assertThat(paging.page(List.of(1, 2), row -> List.of("" + row))).isEqualTo(new Page<>(List.of(1, 2), null));
        var page = paging.page(List.of(1, 2, 3), row -> List.of("" + row));
        assertThat(page.items()).containsExactly(1, 2);
        assertThat(Paging.decoded("ada /orders", page.next())).containsExactly("2");
    }

    private static void refuses(String scope, String cursor) {
        assertThatExceptionOfType(Refusal.class)
                .as(cursor)
                .isThrownBy(() -> Paging.decoded(scope, cursor))
                .satisfies(refusal -> assertThat(refusal.problem().status()).isEqualTo(400));
    }
}
