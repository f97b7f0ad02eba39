package io.orderflow.peers.saga.orders;

import org.springframework.data.jpa.repository.JpaRepository;

/** The catalogue. */
interface CatalogueArticles extends JpaRepository<CatalogueArticle, String> {}
