-- Whoever makes or drops a day waits for the inbox's readers and writers, and everybody who comes meanwhile waits behind it: so it gives up soon and is tried again.
alter function keep_inbox_days(date, date, date) set lock_timeout = '2s';
