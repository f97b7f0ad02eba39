package io.orderflow.shipping;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Parcels in {@code shipping.parcel}, one statement for a batch. */
final class JdbcParcelRows implements ParcelRows {

    /** Parcels that the carrier has since before a time, at most so many. */
    static final String FORGET_PARCELS = """
            delete from shipping.parcel where order_id in (
                select order_id from shipping.parcel where updated_at < ? and label is not null limit ?)""";

    private final JdbcTemplate jdbc;

    JdbcParcelRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Parcel> load(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                """
                select order_id, label from shipping.parcel
                where order_id = any(?::uuid[]) order by order_id for update""",
                (row, number) -> new Parcel(row.getObject("order_id", UUID.class), row.getString("label")),
                (Object) orders.toArray(UUID[]::new));
    }

    @Override
    public void save(Collection<Parcel> parcels) {
        if (parcels.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                insert into shipping.parcel (order_id, label)
                select order_id, label from unnest(?::uuid[], ?::text[]) as row (order_id, label) order by order_id
                on conflict (order_id) do update set label = excluded.label, updated_at = now()""",
                parcels.stream().map(Parcel::orderId).toArray(UUID[]::new),
                parcels.stream().map(Parcel::label).toArray(String[]::new));
    }
}
