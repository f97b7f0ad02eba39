package io.orderflow.inventory;

import io.orderflow.http.Call;

/** An article that is kept from now on, with none of it on hand; one that is kept already stays as it is. */
record NewArticle(Call call, String sku) {}
