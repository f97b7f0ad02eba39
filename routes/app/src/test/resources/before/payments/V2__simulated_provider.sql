-- The books of a simulated payment provider. They stand for another company's: nothing here refers to our tables. A
-- migration of payments, which runs the provider in its own process by default; the provider that runs alone makes the
-- same tables in its own database.
create schema if not exists provider;

-- What became of each charge's key. A charge and a fence of the same key meet here, and the first decides.
create table provider.charge (
    key          text primary key,
    outcome      text        not null check (outcome in ('CAPTURED', 'DECLINED', 'FENCED')),
    amount_minor bigint,
    currency     text,
    token        text,
    code         text,
    refund_key   text unique,
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
do $$ declare clerk text; begin
    -- Whoever works with the books without owning them may only add to the journal.
    for clerk in select grantee from information_schema.role_table_grants
                 where table_schema = 'provider' and table_name = 'journal' and privilege_type = 'UPDATE'
                     and grantee <> current_user loop
        execute format('revoke update, delete on provider.journal from %I', clerk);
    end loop;
end $$;
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
