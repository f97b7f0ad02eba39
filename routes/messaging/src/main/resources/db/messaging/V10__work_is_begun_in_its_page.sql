-- A request that waited in memory is begun by a second version of its row. Its page keeps room for one of each row, so
-- that no index is written. Pages that are full stay so until they are empty, which is soon.
alter table work set (fillfactor = 50);
