package io.orderflow.orders;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;

/**
 * An article of the catalogue with its prices. Its version tells a new one from a stored one, and two changes at the
 * same time from one after the other.
 */
@Entity
@Table(schema = "orders", name = "product")
class ProductEntity {

    private static final int ROWS_OF_A_PAGE = 128;

    @Id
    private String sku;

    private String name;

    @Version
    private Long version;

    @ElementCollection(fetch = FetchType.EAGER)
    @Fetch(FetchMode.SELECT)
    @BatchSize(size = ROWS_OF_A_PAGE)
    @CollectionTable(schema = "orders", name = "product_price", joinColumns = @JoinColumn(name = "sku"))
    @MapKeyColumn(name = "currency")
    @Column(name = "amount_minor")
    private Map<String, Long> prices = new TreeMap<>();

    /** For the persistence provider. */
    protected ProductEntity() {}

    ProductEntity(String sku) {
        this.sku = sku;
    }

    void change(String newName, Map<String, Long> newPrices) {
        name = newName;
        prices.keySet().retainAll(newPrices.keySet());
        prices.putAll(newPrices);
    }

    Product product() {
        return new Product(sku, name, new TreeMap<>(prices));
    }
}
