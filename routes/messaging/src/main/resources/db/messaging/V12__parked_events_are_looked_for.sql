-- A parked event is found by what it is, what is wrong with it, and since when. The version before runs beside this one
-- and writes none of the new columns: what is computed is computed here, whoever writes the row, and an event of that
-- version has no type and no stack.

-- An error without its values: ids, addresses, quoted text, and whatever has a digit in it. What fails alike says the
-- same then, and nothing of whom it is about.
create function without_values(said text) returns text language sql immutable strict parallel safe
return regexp_replace(regexp_replace(regexp_replace(regexp_replace(said,
    '"[^"]*(?:"|$)|''[^'']*''|`[^`]*`|“[^”]*”|«[^»]*»', '<text>', 'g'),
    '[^\s<>()=,;:]+@[^\s<>()=,;:]+', '<text>', 'g'),
    '\m[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\M', '<id>', 'gi'),
    '\m(0x[0-9a-f]+|(?=[a-f]*[0-9])[0-9a-f]{8,})\M|[0-9]+([.,:][0-9]+)*', '<n>', 'gi');

alter table parked
    add column event_type text,
    add column stack text,
    add column tried_at timestamptz,
    add column error_class text generated always as (substring(error from '^([A-Z][A-Za-z0-9_$]*)(?:$|:)')) stored,
    add column error_group text generated always as (
        left(encode(sha256(decode(replace(without_values(error), '\', '\\'), 'escape')), 'hex'), 16)) stored;

-- One for each thing that is asked for: all lists are in the order of time, and each leads in it.
create index parked_by_time on parked (state, parked_at, id);
create index parked_by_key on parked (state, key, parked_at, id);
create index parked_by_order on parked (state, order_id, parked_at, id);
drop index parked_order;
create index parked_by_topic on parked (state, topic, parked_at, id);
create index parked_by_type on parked (state, event_type, parked_at, id);
create index parked_by_reason on parked (state, reason, parked_at, id);
create index parked_by_class on parked (state, error_class, parked_at, id);
create index parked_by_group on parked (state, error_group, parked_at, id);
create index parked_tried on parked (error_group, tried_at) where tried_at is not null;
