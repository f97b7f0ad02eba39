-- So many orders that came to a good end, in the shape that they leave in our tables. Everybody is told, nothing waits.
create temporary table grown as
select uuidv7() as id, 'article-' || lpad((n % 100)::text, 2, '0') as one, 'article-' || lpad(((n + 1) % 100)::text, 2, '0') as other,
    coalesce((select customer_id from orders.orders limit 1), 'anonymous') as customer
from generate_series(1, {orders}) as n;
insert into orders.idempotency_key (caller, operation, key, body_sha256, answer)
select customer, 'place-order', gen_random_uuid()::text, sha256(uuid_send(id)),
    '{"placement":"accepted","id":"' || id || '","total":{"amount_minor":2580,"currency":"EUR"}}' from grown;
insert into orders.orders (id, customer_id, status, payment_status, payment_settled, stock_status, settled, total_minor, currency, finished_at, settled_at)
select id, customer, 'CONFIRMED', 'CAPTURED', true, 'RESERVED', true, 2580, 'EUR', now(), now() from grown;
insert into orders.order_line (order_id, position, sku, quantity, unit_price_minor)
select id, 0, one, 1, 1290 from grown union all select id, 1, other, 1, 1290 from grown;
insert into orders.order_history (order_id, recorded_at, status, event)
select id, now(), status, event from grown, (values ('PENDING', 'OrderCreated'), ('PENDING', 'PaymentCompleted'), ('PENDING', 'StockReserved'),
    ('CONFIRMED', 'OrderConfirmed')) as said (status, event);
insert into orders.outbox_sequence (order_id, last) select id, 3 from grown;
insert into payments.outbox_sequence (order_id, last) select id, 1 from grown;
insert into inventory.outbox_sequence (order_id, last) select id, 1 from grown;
insert into orders.inbox (day, event_id, sha256, topic, said)
select current_date, uuidv7(), sha256(uuid_send(id)), topic, sha256(uuid_send(id)) from grown, (values ('payment_events'), ('inventory_events')) as heard (topic);
insert into payments.inbox (day, event_id, sha256, topic, said)
select current_date, uuidv7(), sha256(uuid_send(id)), 'order_events', sha256(uuid_send(id)) from grown;
insert into inventory.inbox (day, event_id, sha256, topic, said)
select current_date, uuidv7(), sha256(uuid_send(id)), 'order_events', sha256(uuid_send(id)) from grown, generate_series(1, 2);
insert into notifications.inbox (day, event_id, sha256, topic, said)
select current_date, uuidv7(), sha256(uuid_send(id)), topic, sha256(uuid_send(id)) from grown, (values ('order_events'), ('order_contacts')) as heard (topic);
insert into payments.payment (order_id, state, amount_minor, currency) select id, 'CAPTURED', 2580, 'EUR' from grown;
insert into provider.charge (key, outcome, amount_minor, currency, token) select 'charge-' || id, 'CAPTURED', 2580, 'EUR', 'tok_visa' from grown;
insert into provider.journal (operation, key, debit, credit, amount_minor, currency)
select 'charge', 'charge-' || id, 'customer', 'shop', 2580, 'EUR' from grown;
insert into inventory.reservation (order_id, state, lines, version)
select id, 'SOLD', jsonb_build_array(jsonb_build_object('sku', one, 'quantity', 1), jsonb_build_object('sku', other, 'quantity', 1)), 2 from grown;
update inventory.stock_item set on_hand = on_hand - pieces, sold = sold + pieces
from (select sku, count(*) as pieces from (select one as sku from grown union all select other from grown) as each group by sku) as gone
where stock_item.sku = gone.sku;
insert into notifications.recipient (order_id, name, email) select id, 'Ada', 'ada@example.com' from grown;
insert into notifications.mail (order_id, outcome, state, happened_at) select id, 'CONFIRMED', 'SENT', now() from grown;
drop table grown;
