-- Mails that wait for their address are found by a column that all others leave empty: an index on the state
-- keeps every mail's change of it from staying in its page. The version before does not know the column: what
-- it adds counts as waiting by the default, and is told apart by its state. Nobody asked for the undeliverable
-- ones by their age.
alter table mail add column waiting_since timestamptz;
alter table mail alter column waiting_since set default now();
update mail set waiting_since = updated_at where state = 'WAITING';
create index mail_waiting_since on mail (waiting_since) where waiting_since is not null;
drop index mail_waiting;
drop index if exists mail_undeliverable;
alter table mail set (fillfactor = 50);

-- A recipient's row is made without the name and the address that come into it.
alter table recipient set (fillfactor = 35);
