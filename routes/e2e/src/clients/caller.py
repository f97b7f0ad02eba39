"""Calls a running app with the clients that openapi-generator has made from its two documents: places an order, waits
for its end, reads it, calls another one off, and looks at what is parked. Its arguments: the public port's URL and a
customer's token, the operators' port's URL and a token for reading."""

import sys
import uuid

import orderflow_client_ops as ops
import orderflow_client_shop as shop

url, token, ops_url, ops_token = sys.argv[1:5]


def wish(payment: str) -> shop.OrderRequest:
    return shop.OrderRequest(
        currency="EUR",
        customer=shop.Customer(name="Ada Lovelace", email="ada@example.com"),
        lines=[shop.OrderLine(sku="mug", quantity=2)],
        payment=shop.PaymentMeans(token=payment),
    )


with shop.ApiClient(shop.Configuration(host=url, access_token=token)) as client:
    orders = shop.OrdersApi(client)
    receipt = orders.orders_take_order(str(uuid.uuid4()), wish("tok_visa"))
    print("placed", receipt.status, receipt.total.amount_minor)
    print("waited", orders.orders_show_order(receipt.id, prefer="wait=30").status)
    order = orders.orders_show_order(receipt.id)
    print("read", order.lines[0].quantity, order.lines[0].sku)
    other = orders.orders_take_order(str(uuid.uuid4()), wish("tok_slow"))
    print("cancelled", orders.orders_take_cancellation(other.id).reason)

with ops.ApiClient(ops.Configuration(host=ops_url, access_token=ops_token)) as client:
    print("parked", len(ops.OperatorsApi(client).ops_list_parked(limit=5).items))
