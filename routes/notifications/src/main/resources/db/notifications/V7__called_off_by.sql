-- Who called the order off in its customer's place. The version before does not know the column, and tells the customer
-- that it was his own wish.
alter table mail add column by text;
