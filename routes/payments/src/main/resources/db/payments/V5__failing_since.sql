-- Refunds that keep failing are found by a column that all others leave empty: an index on the state keeps
-- every charge's change of it from staying in its page. The version before does not know the column, and counts
-- by the state, without an index.
alter table payment add column if not exists failing_since timestamptz;
update payment set failing_since = updated_at where state = 'REFUND_FAILED';
create index if not exists payment_failing_since on payment (failing_since) where failing_since is not null;
drop index if exists payment_failing;
alter table payment set (fillfactor = 50);
