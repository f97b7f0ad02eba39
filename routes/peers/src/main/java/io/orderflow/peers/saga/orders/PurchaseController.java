package io.orderflow.peers.saga.orders;

import io.orderflow.peers.saga.orders.PurchaseDesk.KeyTaken;
import io.orderflow.peers.saga.orders.PurchaseDesk.Unorderable;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Orders over HTTP. */
@RestController
class PurchaseController {

    private final PurchaseDesk desk;
    private final Purchases purchases;

    PurchaseController(PurchaseDesk desk, Purchases purchases) {
        this.desk = desk;
        this.purchases = purchases;
    }

    @PostMapping("/orders")
    ResponseEntity<String> place(@RequestHeader("Idempotency-Key") String key, @RequestBody PurchaseRequest request) {
        return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(desk.place(key, request));
    }

    record PurchaseStatus(UUID id, String status) {}

    @GetMapping("/orders/{id}")
    ResponseEntity<PurchaseStatus> status(@PathVariable UUID id) {
        return ResponseEntity.of(purchases
                .findById(id)
                .map(one -> new PurchaseStatus(id, one.status().name())));
    }

    @ExceptionHandler(KeyTaken.class)
    ResponseEntity<Void> keyTaken() {
        return ResponseEntity.unprocessableContent().build();
    }

    @ExceptionHandler(Unorderable.class)
    ResponseEntity<String> unorderable(Unorderable refused) {
        return ResponseEntity.status(HttpStatus.BAD_REQUEST).body(refused.getMessage());
    }
}
