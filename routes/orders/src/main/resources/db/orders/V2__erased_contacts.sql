-- When nothing was owed any more, and when it was said that the customer's name and address are erased. An order that the version before has settled counts from its end.
alter table orders add column settled_at timestamptz, add column contact_erased_at timestamptz;
create index orders_to_erase on orders (coalesce(settled_at, finished_at)) where settled and contact_erased_at is null;
