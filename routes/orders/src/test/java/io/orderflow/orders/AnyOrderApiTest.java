package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.http.fixture.EdgeFixture;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnyOrderApiTest {

    private static final UUID ID = new UUID(0, 1);
    private static final String ORDER = "/ops/orders/" + ID;
    private static final Order CALLED_OFF = Told.pending(ID).cancelled(CancellationReason.CUSTOMER);

    @RegisterExtension
    static final EdgeFixture HTTP = EdgeFixture.of(new AnyOrderApi(OrdersApiTest.CHANNELS, OrdersApiTest.QUERIES));

    @BeforeEach
    void forget() {
        List.of("call-offs", "erasure-wishes", "order", "any-order")
                .forEach(name -> HTTP.mock(name).reset());
    }

    @Test
    void showsAnOrderWhosesoeverItIs() throws Exception {
        HTTP.mock("any-order").expectedBodiesReceived(new AnyOrder(ID));
        HTTP.mock("any-order")
                .whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of(new OrderEntity(CALLED_OFF))));

        var answer = HTTP.get(ORDER, "X-Customer-Id", "eve");

        HTTP.mock("any-order").assertIsSatisfied();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":\"" + ID + "\"");
    }

    @Test
    void hasNoOrderThatNobodyPlaced() {
        HTTP.mock("any-order").whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of()));
        HTTP.mock("call-offs").whenAnyExchangeReceived(e -> e.getMessage().setBody(Cancellation.ofUnknown()));

        assertThat(HTTP.get(ORDER).statusCode()).isEqualTo(404);
        assertThat(HTTP.post(ORDER + "/cancellation", "{\"reason\":\"why\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void callsAnOrderOffForTheReasonThatItIsGiven() {
        var asked = new AtomicReference<CallOff>();
        HTTP.mock("call-offs").whenAnyExchangeReceived(e -> {
            asked.set(e.getMessage().getBody(CallOff.class));
            e.getMessage().setBody(new Cancellation(CALLED_OFF, List.of()));
        });
        HTTP.mock("order").whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of(new OrderEntity(CALLED_OFF))));

        var answer = HTTP.post(ORDER + "/cancellation", "{\"reason\":\"she rang\"}", "X-Customer-Id", "eve");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(asked.get().id()).isEqualTo(ID);
        assertThat(asked.get().call().caller().id()).isEqualTo("eve");
        assertThat(asked.get().call().reason()).isEqualTo("she rang");
        assertThat(asked.get().call().service()).isEqualTo("orders");
    }

    @Test
    void callsNothingOffWithoutAReason() {
        assertThat(HTTP.post(ORDER + "/cancellation").statusCode()).isEqualTo(400);
        assertThat(HTTP.post(ORDER + "/cancellation", "{\"reason\":\"\"}").statusCode())
                .isEqualTo(422);
        assertThat(HTTP.mock("call-offs").getReceivedCounter()).isZero();
    }

    @Test
    void hasACustomerForgottenForTheReasonThatItIsGiven() {
        var settled = Told.pending(ID).confirmed();
        var asked = new AtomicReference<ForgetCustomer>();
        HTTP.mock("erasure-wishes").whenAnyExchangeReceived(e -> {
            asked.set(e.getMessage().getBody(ForgetCustomer.class));
            e.getMessage().setBody(Erasure.nothing(settled));
        });
        HTTP.mock("order").whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of(new OrderEntity(settled))));

        var answer = HTTP.post(ORDER + "/erasure", "{\"reason\":\"he asked\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(asked.get().id()).isEqualTo(ID);
        assertThat(asked.get().call().reason()).isEqualTo("he asked");
    }

    @Test
    void forgetsNobodyToWhomSomethingIsStillOwedAndNobodyUnknown() {
        HTTP.mock("erasure-wishes").whenExchangeReceived(1, e -> e.getMessage().setBody(Erasure.nothing(CALLED_OFF)));
        HTTP.mock("erasure-wishes").whenExchangeReceived(2, e -> e.getMessage().setBody(Erasure.nothing(null)));

        var answer = HTTP.post(ORDER + "/erasure", "{\"reason\":\"he asked\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("order: CANCELLED and not settled (expected: settled)");
        assertThat(HTTP.post(ORDER + "/erasure", "{\"reason\":\"he asked\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void saysFromWhenOnACustomerMayBeForgotten() {
        HTTP.mock("erasure-wishes").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(new Erasure(Told.pending(ID).confirmed(), Told.NOW, List.of())));

        var answer = HTTP.post(ORDER + "/erasure", "{\"reason\":\"he asked\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains("order: settled only now (expected: for 15 minutes; ask from 2026-03-01T12:00:00Z on)");
    }

    @Test
    void callsNothingOffThatIsFinal() {
        HTTP.mock("call-offs").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(new Cancellation(Told.pending(ID).confirmed(), List.of())));

        var answer = HTTP.post(ORDER + "/cancellation", "{\"reason\":\"she rang\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("order: CONFIRMED already (expected: PENDING)");
    }
}
