-- How long the oldest mail waits for what it needs is looked at every few seconds.
create index mail_waiting on mail (updated_at) where state = 'WAITING';
