-- So many of everything that can wait: mails whose recipient is not known yet, mails that are to be sent tomorrow,
-- events that the broker refused, and events that were set aside.
create temporary table waiting as select uuidv7() as id from generate_series(1, {orders});
insert into notifications.recipient (order_id) select id from waiting;
insert into notifications.mail (order_id, outcome, state, happened_at) select id, 'CONFIRMED', 'WAITING', now() from waiting;
insert into notifications.work (id, channel, order_id, subject, body, due_at)
select uuidv7(), 'notifications.send-mail', id, 'CONFIRMED', '{}', now() + interval '1 day' from waiting;
insert into orders.outbox (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, refused_at)
select uuidv7(), 'order_events', id, 'OrderConfirmed', '{}', 1, now(), now() from waiting;
insert into payments.parked_key (topic, key) select 'order_events', id::text from waiting;
insert into payments.parked (id, topic, partition, "offset", key, order_id, value, headers, sha256, reason, error, attempts)
select uuidv7(), 'order_events', 0, 1000000000 + row_number() over (), id::text, id, '\x7b7d', '{}', sha256(uuid_send(id)), 'FAILED', 'planted', 3 from waiting;
drop table waiting;
