// Calls a running app with the clients that openapi-generator has made from its two documents: places an order, waits
// for its end, reads it, calls another one off, and looks at what is parked. Its arguments: the public port's URL and a
// customer's token, the operators' port's URL and a token for reading.
import * as ops from "./ops/src";
import * as shop from "./shop/src";

declare const process: { argv: string[] };
const [url, token, opsUrl, opsToken] = process.argv.slice(2);
const orders = new shop.OrdersApi(new shop.Configuration({ basePath: url, accessToken: token }));
const operators = new ops.OperatorsApi(new ops.Configuration({ basePath: opsUrl, accessToken: opsToken }));

// An order is answered with 202 and a receipt, or with 200 and the order itself if one preferred to wait. The client
// takes the body for the one that has the lower number, so who places orders asks for the status first.
async function place(payment: string): Promise<shop.Receipt | shop.Order> {
  const placed = await orders.ordersTakeOrderRaw({
    idempotencyKey: crypto.randomUUID(),
    orderRequest: {
      currency: "EUR",
      customer: { name: "Ada Lovelace", email: "ada@example.com" },
      lines: [{ sku: "mug", quantity: 2 }],
      payment: { token: payment },
    },
  });
  return placed.raw.status === 202 ? shop.ReceiptFromJSON(await placed.raw.json()) : placed.value();
}

async function main(): Promise<void> {
  const receipt = await place("tok_visa");
  console.log("placed", receipt.status, receipt.total.amountMinor);
  const ended = await orders.ordersShowOrder({ id: receipt.id, prefer: "wait=30" });
  console.log("waited", ended.status);
  const order = await orders.ordersShowOrder({ id: receipt.id });
  console.log("read", order.lines[0].quantity, order.lines[0].sku);
  const other = await place("tok_slow");
  const cancelled = await orders.ordersTakeCancellation({ id: other.id });
  console.log("cancelled", cancelled.reason);
  const parked = await operators.opsListParked({ limit: 5 });
  console.log("parked", parked.items.length);
}

main();
