-- What a call changed, in the words of whoever changed it. The version before writes rows without.
-- No column may be called like the argument of forget_audit, which would be read as the column.
alter table audit add column was text, add column became text;

-- The record is read in the order of time, by whom, by what, and by what it was done to, whose path is compared byte by
-- byte, so that all paths below one are found together.
create index audit_by_time on audit (at, id);
create index audit_by_caller on audit (caller, at, id);
create index audit_by_action on audit (action, at, id);
create index audit_by_target on audit (target collate "C", at, id);
