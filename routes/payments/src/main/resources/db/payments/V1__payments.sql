-- The payment of each order; whichever message comes first makes the row.
create table payment (
    order_id     uuid primary key,
    state        text        not null check (state in
                     ('REQUESTED', 'CAPTURED', 'DECLINED', 'UNDOING', 'REFUND_FAILED', 'REFUNDED', 'VOIDED')),
    amount_minor bigint check (amount_minor >= 0),
    currency     text,
    updated_at   timestamptz not null default now()
) with (fillfactor = 80);
create index payment_failing on payment (state) where state = 'REFUND_FAILED';
create index payment_age on payment using brin (updated_at);
