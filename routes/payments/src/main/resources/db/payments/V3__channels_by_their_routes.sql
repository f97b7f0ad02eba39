-- A channel to the workers is called like the route that takes from it: requests that wait under the names of before
-- are carried out, too.
update work set channel = 'payments.charge-order' where channel = 'payments.charge';
update work set channel = 'payments.undo-charge' where channel = 'payments.undo';
