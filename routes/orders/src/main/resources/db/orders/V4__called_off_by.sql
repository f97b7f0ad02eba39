-- Who called the order off in its customer's place; null in every other step. The version before writes and reads none.
alter table order_history add column by text;
