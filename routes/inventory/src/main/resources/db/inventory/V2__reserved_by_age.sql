-- How long the oldest reservation waits is looked at every few seconds.
create index reservation_reserved on reservation (changed_at) where state = 'RESERVED';
