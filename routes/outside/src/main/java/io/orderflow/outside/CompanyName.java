package io.orderflow.outside;

/**
 * What a company outside is called wherever it is named: in settings, routes, figures, errors and logs.
 *
 * @param service the service that calls it, {@code shipping}
 * @param company what it is, in one word, {@code carrier}
 * @param settings what the names of its settings begin with, {@code orderflow.shipping.http}
 */
public record CompanyName(String service, String company, String settings) {

    /** {@code shipping.call-carrier}: the id of the route that calls it, and so the name of its span. */
    String route() {
        return service + ".call-" + company;
    }

    /** {@code shipping.carrier.open}: 1 while it is not called. */
    String gauge() {
        return service + "." + company + ".open";
    }

    IllegalArgumentException refused(String setting, Object value, String expected) {
        return new IllegalArgumentException(settings + "." + setting + ": " + value + " (expected: " + expected + ")");
    }
}
