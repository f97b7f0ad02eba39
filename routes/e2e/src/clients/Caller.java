import io.orderflow.client.ops.api.OperatorsApi;
import io.orderflow.client.ops.api.OperatorsApi.APIOpsListAuditRequest;
import io.orderflow.client.ops.api.OperatorsApi.APIOpsListParkedRequest;
import io.orderflow.client.ops.api.OperatorsApi.APIOpsReleaseParkedRequest;
import io.orderflow.client.ops.model.Problem;
import io.orderflow.client.ops.model.Reason;
import io.orderflow.client.shop.api.OrdersApi;
import io.orderflow.client.shop.api.OrdersApi.APIOrdersShowOrderRequest;
import io.orderflow.client.shop.api.OrdersApi.APIOrdersTakeCancellationRequest;
import io.orderflow.client.shop.api.OrdersApi.APIOrdersTakeOrderRequest;
import io.orderflow.client.shop.model.Customer;
import io.orderflow.client.shop.model.OrderLine;
import io.orderflow.client.shop.model.OrderRequest;
import io.orderflow.client.shop.model.PaymentMeans;
import java.util.UUID;

/**
 * Calls a running app with the clients that openapi-generator has made from its two documents: places an order, waits
 * for its end, reads it, calls another one off, and does what operators do. Its arguments: the public port's URL and a
 * customer's token, the operators' port's URL and tokens for reading and for releasing.
 */
public class Caller {

    private static final UUID NOTHING = new UUID(0, 0);

    public static void main(String... arguments) throws Exception {
        shops(arguments[0], arguments[1]);
        operates(arguments[2], arguments[3], arguments[4]);
    }

    private static void shops(String url, String token) throws Exception {
        var client = new io.orderflow.client.shop.ApiClient();
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        var orders = new OrdersApi(client);
        var receipt = orders.ordersTakeOrder(wish("tok_visa"));
        System.out.println("placed " + receipt.getStatus() + " " + receipt.getTotal().getAmountMinor());
        var look = APIOrdersShowOrderRequest.newBuilder().id(receipt.getId());
        System.out.println("waited " + orders.ordersShowOrder(look.prefer("wait=30").build()).getStatus());
        var order = orders.ordersShowOrder(
                APIOrdersShowOrderRequest.newBuilder().id(receipt.getId()).build());
        var line = order.getLines().get(0);
        System.out.println("read " + line.getQuantity() + " " + line.getSku());
        var other = orders.ordersTakeOrder(wish("tok_slow"));
        System.out.println("cancelled "
                + orders.ordersTakeCancellation(APIOrdersTakeCancellationRequest.newBuilder()
                                .id(other.getId())
                                .build())
                        .getReason());
    }

    private static APIOrdersTakeOrderRequest wish(String payment) {
        return APIOrdersTakeOrderRequest.newBuilder()
                .idempotencyKey(UUID.randomUUID().toString())
                .orderRequest(new OrderRequest()
                        .currency("EUR")
                        .customer(new Customer().name("Ada Lovelace").email("ada@example.com"))
                        .addLinesItem(new OrderLine().sku("mug").quantity(2))
                        .payment(new PaymentMeans().token(payment)))
                .build();
    }

    private static void operates(String url, String reading, String releasing) throws Exception {
        var reader = operators(url, reading);
        System.out.println("parked "
                + reader.opsListParked(
                                APIOpsListParkedRequest.newBuilder().limit(5).build())
                        .getItems()
                        .size());
        System.out.println("audited "
                + reader.opsListAudit(APIOpsListAuditRequest.newBuilder().limit(5).build())
                        .getItems()
                        .get(0)
                        .getAction());
        try {
            operators(url, releasing)
                    .opsReleaseParked(APIOpsReleaseParkedRequest.newBuilder()
                            .id(NOTHING)
                            .reason(new Reason().reason("Tried with a generated client"))
                            .build());
        } catch (io.orderflow.client.ops.ApiException e) {
            var mapper = new io.orderflow.client.ops.ApiClient().getObjectMapper();
            var problem = mapper.readValue(e.getResponseBody(), Problem.class);
            System.out.println("refused " + problem.getStatus() + " " + problem.getType());
        }
    }

    private static OperatorsApi operators(String url, String token) {
        var operators = new io.orderflow.client.ops.ApiClient();
        operators.updateBaseUri(url);
        operators.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return new OperatorsApi(operators);
    }
}
