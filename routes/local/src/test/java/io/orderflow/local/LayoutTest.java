package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final Wishes USUAL = new Wishes(false, false, false, "", 1);

    @Test
    void aPortIsChangedByItsVariable() {
        var layout = Layout.at(Path.of(".run"), Map.of("ORDERFLOW_HTTP_PORT", "18080"));

        assertThat(layout.http("/orders")).isEqualTo("http://localhost:18080/orders");
        assertThat(layout.port(Layout.Port.KAFKA)).isEqualTo(9092);
    }

    @Test
    void aPortThatIsNoneIsRefusedWithItsVariable() {
        assertThatThrownBy(() -> Layout.at(Path.of(".run"), Map.of("ORDERFLOW_SMTP_PORT", "mail")))
                .hasMessage("ORDERFLOW_SMTP_PORT: mail (expected: a port number)");
    }

    @Test
    void aTakenPortNamesItsOwner() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortOwner.isTaken(socket.getLocalPort())).isTrue();
            assertThat(PortOwner.of(socket.getLocalPort()))
                    .contains(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void theBoxHasEveryAddressAndTheNextCommand() {
        var layout = Layout.at(Path.of(".run"), Map.of());

        assertThat(Welcome.to(layout, USUAL, 12.3))
                .contains("http://localhost:8080/orders", "localhost:9092", "-p 15432", "localhost:2525", "curl -i")
                .contains("after 12 s");
        assertThat(Welcome.to(layout, USUAL, 12.3).lines().filter(line -> line.startsWith("|")))
                .allSatisfy(line -> assertThat(line)
                        .hasSameSizeAs(Welcome.to(layout, USUAL, 12.3)
                                .lines()
                                .findFirst()
                                .orElseThrow()));
    }

    @Test
    void theBoxNamesAProviderThatIsAProcessOfItsOwn() {
        var layout = Layout.at(Path.of(".run"), Map.of("ORDERFLOW_PROVIDER_PORT", "19990"));

        assertThat(Welcome.to(layout, USUAL, 1)).doesNotContain("19990");
        assertThat(Welcome.to(layout, new Wishes(false, true, false, "unavailable=5", 1), 1))
                .contains("Provider    http://localhost:19990/v1", "faults unavailable=5");
    }

    @Test
    void everyArticleHasItsPriceAndItsStockAndOneHasNone() {
        assertThat(Seed.catalogue()).hasSize(20).allSatisfy(product -> assertThat(
                        Seed.stock().has(product.get("sku").textValue()))
                .isTrue());
        assertThat(Seed.stock().get("golden-teapot").intValue()).isZero();
    }
}
