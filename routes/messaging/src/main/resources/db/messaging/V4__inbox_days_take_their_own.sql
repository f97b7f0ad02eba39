-- A new day takes over those of its rows that came before it was made. Whoever makes or drops a day waits for the inbox's readers and writers, and everybody who comes meanwhile waits behind it:
-- so it gives up soon and is tried again.
create or replace function keep_inbox_days(oldest date, first date, last date) returns void
    language plpgsql security definer set search_path = pg_catalog set lock_timeout = '2s' as $$
declare
    schema text := '${flyway:defaultSchema}';
    day    date;
    made   text;
    old    text;
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
        execute format('drop table %I.%I', schema, old);
    end loop;
end $$;
