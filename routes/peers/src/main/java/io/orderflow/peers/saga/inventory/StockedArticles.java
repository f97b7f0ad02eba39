package io.orderflow.peers.saga.inventory;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** The stock. */
interface StockedArticles extends JpaRepository<StockedArticle, String> {

    /** In the order of their names, so that nobody waits for somebody who waits for him. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select article from StockedArticle article where article.sku in :skus order by article.sku")
    List<StockedArticle> lock(Collection<String> skus);
}
