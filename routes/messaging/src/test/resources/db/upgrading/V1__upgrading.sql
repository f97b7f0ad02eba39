-- Takes a lock that lets readers pass, and then one that does not; whoever holds this number decides when.
create index outbox_by_type on outbox (type);
select pg_advisory_xact_lock(4711);
alter table outbox add column upgraded text;
