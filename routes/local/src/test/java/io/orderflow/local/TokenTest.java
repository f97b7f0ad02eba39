package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.testkit.Issuer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code make token}. */
class TokenTest {

    @TempDir
    Path folder;

    @Test
    void namesTheRightsThatOneAsksFor() {
        var layout = Layout.at(folder, Map.of());
        Issuer.in(layout.issuer());

        var token = Local.token(layout, List.of("--right=operator.read,operator.stock", "--sub=eve"));

        assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8))
                .contains("\"eve\"", "\"operator.read\"", "\"operator.stock\"");
    }

    /** It would open nothing, without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"nope", "Customer", "customer,nope", "customer,", ""})
    void refusesARightThatIsNone(String right) {
        assertThatThrownBy(() -> Local.token(Layout.at(folder, Map.of()), List.of("--right=" + right)))
                .isInstanceOf(Refused.class)
                .hasMessageMatching("RIGHT: \\w* \\(expected: one of customer, operator.read, operator.release,"
                        + " operator.cancel, operator.erase, operator.stock, or several .*");
    }
}
