-- Who brought it about in the place of whom the reason names.
alter table chapter add column by text;
