-- A mail that was sent so often without anybody hearing whether it was taken that it is not sent again. Its state is
-- UNDELIVERABLE, which the version before this one knows, and this column says which kind.
alter table mail add column in_doubt boolean not null default false;

-- Not valid: every row that is there is in no doubt, by the default, and to look at each would lock the table for as
-- long. New rows are checked.
alter table mail add constraint mail_in_doubt check (not in_doubt or state = 'UNDELIVERABLE') not valid;

-- How many attempts ended so. The request's row cannot say it: the version before could not read that.
alter table mail add column doubts integer not null default 0;
