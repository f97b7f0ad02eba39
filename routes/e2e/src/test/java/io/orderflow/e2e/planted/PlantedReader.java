package io.orderflow.e2e.planted;

/** Breaks a rule: it reads with the Jackson that is Spring's. */
public final class PlantedReader {

    private PlantedReader() {}

    public static int read(String number) {
        return new tools.jackson.databind.ObjectMapper().readValue(number, int.class);
    }
}
