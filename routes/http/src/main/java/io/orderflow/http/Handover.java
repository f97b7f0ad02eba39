package io.orderflow.http;

import java.util.Set;
import org.apache.camel.Exchange;

/**
 * A request as it is made again at another process of ours, which decides about it itself. Of what came, its query, its
 * body and what its sender showed of himself go on, and nothing else.
 */
public final class Handover {

    /** What its sender showed of himself; a secret. */
    public static final String CREDENTIALS = "Authorization";

    private final String method;
    private final String query;
    private final String credentials;
    private final byte[] body;

    private Handover(String method, String query, String credentials, byte[] body) {
        this.method = method;
        this.query = query;
        this.credentials = credentials;
        this.body = body;
    }

    /**
     * Of this request.
     *
     * @throws Refusal 400, if it shows more than one thing
     */
    public static Handover of(Exchange exchange) {
        var request = Request.of(exchange);
        return new Handover(
                request.method(), request.query(), request.header(CREDENTIALS).orElse(null), request.body());
    }

    /** Another request by the same sender, which reads. */
    public Handover reading() {
        return new Handover("GET", "", credentials, new byte[0]);
    }

    /** {@code GET} where only its head is asked for: there is no other way to have that answered. */
    public String method() {
        return method.equals("HEAD") ? "GET" : method;
    }

    /** As it was sent; empty for none. */
    public String query() {
        return query;
    }

    /** The names in the query. */
    public Set<String> parameters() {
        return Set.copyOf(PercentCode.names(query));
    }

    /** What is sent as {@link #CREDENTIALS}, or null. */
    public String credentials() {
        return credentials;
    }

    /** Empty for none; nobody changes it. */
    public byte[] body() {
        return body;
    }
}
