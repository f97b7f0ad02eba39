-- A sequence is forgotten by the age of its order's last event: by that of the first, an order that had waited for long would begin at 1 again.
alter table outbox_sequence add column last_at timestamptz not null default now();
create index outbox_sequence_by_last on outbox_sequence using brin (last_at);
drop index outbox_sequence_age;
