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

-- The books of the simulated provider. They stand for another company's: nothing here refers to our tables.
create schema if not exists provider;

-- What became of each charge's key. A charge and a fence of the same key meet here, and the first decides.
create table provider.charge (
    key          text primary key,
    outcome      text        not null check (outcome in ('CAPTURED', 'DECLINED', 'FENCED')),
    amount_minor bigint,
    currency     text,
    token        text,
    code         text,
    at           timestamptz not null default clock_timestamp()
);

-- Double entry, append-only: each row takes from one account what it gives to the other.
create table provider.journal (
    operation    text        not null check (operation in ('charge', 'refund')),
    key          text        not null,
    debit        text        not null,
    credit       text        not null check (credit <> debit),
    amount_minor bigint      not null check (amount_minor >= 0),
    currency     text        not null,
    at           timestamptz not null default clock_timestamp(),
    primary key (operation, key)
);
create function provider.refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'provider.journal is append-only'; end $$;
create trigger journal_is_append_only before update or delete or truncate on provider.journal
    for each statement execute function provider.refuse_change();

-- How often a call was made, for the tokens that fail at first.
create table provider.call (
    operation text    not null,
    key       text    not null,
    times     integer not null,
    primary key (operation, key)
);
