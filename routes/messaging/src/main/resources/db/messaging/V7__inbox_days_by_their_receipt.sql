-- A day goes when it is past what the inbox remembers and nothing of it was received within that time: the day is what
-- the writer's clock told when it made the id, and a writer whose clock is behind must not have its events forgotten.
create or replace function keep_inbox_days(oldest date, first date, last date) returns void
    language plpgsql security definer set search_path = pg_catalog set lock_timeout = '2s' as $$
declare
    schema text := '${flyway:defaultSchema}';
    day    date;
    made   text;
    old    text;
    late   boolean;
begin
    perform pg_advisory_xact_lock(hashtext(schema || '.inbox'));
    for day in select generate_series(first, least(last, first + 31), interval '1 day') loop
        made := 'inbox_' || to_char(day, 'YYYYMMDD');
        if to_regclass(format('%I.%I', schema, made)) is null then
            execute format('lock table %I.inbox in access exclusive mode', schema);
            execute format('create table %I.%I (like %I.inbox including defaults)', schema, made, schema);
            execute format('with early as (delete from %I.inbox_undated where day = %L returning *) insert into %I.%I select * from early',
                schema, day, schema, made);
            execute format('alter table %I.inbox attach partition %I.%I for values from (%L) to (%L)', schema, schema, made, day, day + 1);
        end if;
    end loop;
    for old in select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
            where inhparent = format('%I.inbox', schema)::regclass
              and child.relname ~ '^inbox_[0-9]{8}$' and child.relname < 'inbox_' || to_char(least(oldest, current_date - 1), 'YYYYMMDD') loop
        execute format('select exists (select from %I.%I where received_at >= %L)', schema, old, oldest::timestamp at time zone 'UTC') into late;
        if not late then
            execute format('drop table %I.%I', schema, old);
        end if;
    end loop;
end $$;
