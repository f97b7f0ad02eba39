-- As a later version of the backbone could do.
alter table outbox add column later text;
