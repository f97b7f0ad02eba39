package io.orderflow.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** A row's place in a list that is in the order of time, as a list's cursor keeps it. */
public record PlaceInTime(Instant at, UUID id) {

    /** Microseconds, as exactly as the database counts them, and an id. */
    public static final Pattern FORM = Pattern.compile("-?[0-9]{1,17} " + Paging.AN_ID.pattern());

    /** Where a page begins; null for the first. */
    public static PlaceInTime of(Paging paging) {
        if (paging.after().isEmpty()) {
            return null;
        }
        var parts = paging.after().getFirst().split(" ");
        return new PlaceInTime(
                Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS), UUID.fromString(parts[1]));
    }

    /** As the cursor keeps it. */
    public List<String> key() {
        return List.of(ChronoUnit.MICROS.between(Instant.EPOCH, at) + " " + id);
    }
}
