package io.orderflow.peers.saga.orders;

import static java.util.stream.Collectors.toMap;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.peers.saga.Announcer;
import io.orderflow.peers.saga.orders.PurchaseKeys.KeptAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes an order: its key, itself, and what it says stand in one transaction. */
@Service
class PurchaseDesk {

    private static final String SERVICE = "orders";
    private static final String CUSTOMER = "anonymous";

    private final PurchaseKeys keys;
    private final CatalogueArticles catalogue;
    private final Purchases purchases;
    private final PurchaseSteps steps;
    private final Announcer announcer;
    private final Clock clock = Clock.systemUTC();

    PurchaseDesk(
            PurchaseKeys keys,
            CatalogueArticles catalogue,
            Purchases purchases,
            PurchaseSteps steps,
            Announcer announcer) {
        this.keys = keys;
        this.catalogue = catalogue;
        this.purchases = purchases;
        this.steps = steps;
        this.announcer = announcer;
    }

    /** The key was used for another order. */
    static final class KeyTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The order cannot be placed as it is. */
    static final class Unorderable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unorderable(String why) {
            super(why);
        }
    }

    /** The answer, which is the same for the same key. */
    @Transactional
    public String place(String key, PurchaseRequest request) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var answer = new KeptAnswer(fingerprint(request), "{\"id\":\"" + id + "\",\"status\":\"PENDING\"}");
        if (!keys.claim(key, answer)) {
            var kept = keys.find(key);
            if (!kept.fingerprint().equals(answer.fingerprint())) {
                throw new KeyTaken();
            }
            return kept.answer();
        }
        store(id, request);
        return answer.answer();
    }

    private void store(UUID id, PurchaseRequest request) {
        var now = clock.instant();
        var purchase = purchases.save(new Purchase(id, CUSTOMER, request.currency(), priced(request), now));
        steps.save(new PurchaseStep(id, "OrderCreated", purchase.status().name(), now));
        announcer.announce(
                SERVICE,
                List.of(
                        new OrderContact(
                                id,
                                now,
                                request.customer().name(),
                                request.customer().email()),
                        new OrderCreated(
                                id,
                                now,
                                CUSTOMER,
                                purchase.total(),
                                purchase.ordered(),
                                request.payment().token())));
    }

    private List<PurchaseLine> priced(PurchaseRequest request) {
        if (request.lines().stream().map(Line::sku).distinct().count()
                < request.lines().size()) {
            throw new Unorderable("lines: an article twice");
        }
        Map<String, CatalogueArticle> articles =
                catalogue.findAllById(request.lines().stream().map(Line::sku).toList()).stream()
                        .collect(toMap(CatalogueArticle::sku, Function.identity()));
        return request.lines().stream()
                .map(line -> {
                    var article = articles.get(line.sku());
                    if (article == null || !article.currency().equals(request.currency())) {
                        throw new Unorderable(line.sku() + ": not for sale in " + request.currency());
                    }
                    return new PurchaseLine(line.sku(), line.quantity(), article.priceMinor());
                })
                .toList();
    }

    private static String fingerprint(PurchaseRequest request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(request.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
