import java.util.UUID;
import ops.api.OperatorsApi;
import ops.api.OperatorsApi.APIOpsListAuditRequest;
import ops.api.OperatorsApi.APIOpsListParkedRequest;
import ops.api.OperatorsApi.APIOpsReleaseParkedRequest;
import ops.model.Reason;
import shop.api.OrdersApi;
import shop.api.OrdersApi.APIOrdersShowOrderRequest;
import shop.api.OrdersApi.APIOrdersTakeOrderRequest;
import shop.model.Customer;
import shop.model.OrderLine;
import shop.model.OrderRequest;
import shop.model.PaymentMeans;

/**
 * Calls a running app with the clients that openapi-generator has made from its two documents: places an order and
 * reads it, and does what operators do. Its arguments: the public port's URL and a customer's token, the operators'
 * port's URL and tokens for reading and for releasing.
 */
public class Caller {

    private static final UUID NOTHING = new UUID(0, 0);

    public static void main(String... arguments) throws Exception {
        var shop = new shop.ApiClient();
        shop.updateBaseUri(arguments[0]);
        shop.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
        var orders = new OrdersApi(shop);
        var wish = new OrderRequest()
                .currency("EUR")
                .customer(new Customer().name("Ada Lovelace").email("ada@example.com"))
                .addLinesItem(new OrderLine().sku("mug").quantity(2))
                .payment(new PaymentMeans().token("tok_visa"));
        var receipt = orders.ordersTakeOrder(APIOrdersTakeOrderRequest.newBuilder()
                .idempotencyKey("generated")
                .orderRequest(wish)
                .build());
        System.out.println("placed " + receipt.getStatus() + " " + receipt.getTotal().getAmountMinor());
        var order = orders.ordersShowOrder(
                APIOrdersShowOrderRequest.newBuilder().id(receipt.getId()).build());
        System.out.println("read " + order.getId().equals(receipt.getId()) + " "
                + order.getLines().get(0).getQuantity());

        var reader = operators(arguments[2], arguments[3]);
        System.out.println("parked "
                + reader.opsListParked(
                                APIOpsListParkedRequest.newBuilder().limit(5).build())
                        .getItems());
        System.out.println("audited "
                + reader.opsListAudit(APIOpsListAuditRequest.newBuilder().limit(5).build())
                        .getItems()
                        .get(0)
                        .getAction());
        try {
            operators(arguments[2], arguments[4])
                    .opsReleaseParked(APIOpsReleaseParkedRequest.newBuilder()
                            .id(NOTHING)
                            .reason(new Reason().reason("Tried with a generated client"))
                            .build());
        } catch (ops.ApiException e) {
            var problem = new ops.ApiClient().getObjectMapper().readValue(e.getResponseBody(), ops.model.Problem.class);
            System.out.println("refused " + problem.getStatus() + " " + problem.getType());
        }
    }

    private static OperatorsApi operators(String url, String token) {
        var operators = new ops.ApiClient();
        operators.updateBaseUri(url);
        operators.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return new OperatorsApi(operators);
    }
}
