-- The role reads how far positions are drawn, so that its looks for the oldest event begin behind all that was deleted.
grant select on sequence outbox_position_seq to "${flyway:defaultSchema}";
