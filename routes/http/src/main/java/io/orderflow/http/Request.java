package io.orderflow.http;

import io.orderflow.messaging.TraceContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * The request that a REST route answers. Nothing of it travels in message headers, where a sender's choice of names
 * could steer a component: a route asks for each thing by name. All methods refuse with 400 what has the wrong form.
 */
public final class Request {

    /** Declared in the place of parameters by a route that hands its query on to who knows them. */
    public static final String WHOLE_QUERY = "query";

    private static final String PROPERTY = "orderflow.request";
    private static final Set<String> READING_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    static final Pattern CANONICAL_UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Some of these characters, not all of them dots, for {@code ..} is a step of a path. */
    static final Pattern SKU = Pattern.compile("\\.*[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** A number and a unit, as {@link #queryAge} asks for. */
    public static final Pattern AGE = Pattern.compile("[1-9][0-9]{0,4}[smhd]");

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

    static final int MAX_SKU_CHARACTERS = 64;

    private final String method;
    private final String path;
    private final Map<String, String> pathParameters;
    private final String query;
    private final Set<String> parameters;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * @param pathParameters the path's values by the names in the route's template
     * @param query as it was sent; empty for none
     * @param parameters the names that the route declares for its query
     * @param headers those that a route may ask for
     */
    public Request(
            String method,
            String path,
            Map<String, String> pathParameters,
            String query,
            Set<String> parameters,
            Map<String, List<String>> headers,
            byte[] body) {
        this.method = method;
        this.path = path;
        this.pathParameters = Map.copyOf(pathParameters);
        this.query = query;
        this.parameters = new TreeSet<>(parameters);
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    static Request of(Exchange exchange) {
        var request = exchange.getProperty(PROPERTY, Request.class);
        if (request == null) {
            throw new IllegalStateException("request: none (expected: in a route that begins with rest())");
        }
        return request;
    }

    /** Lets the route ask it. */
    public void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** The part of the path that the route's template calls {@code {name}}. */
    public static String path(Exchange exchange, String name) {
        var value = of(exchange).pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("path: no {" + name + "} in the route's template");
        }
        return value;
    }

    /** The part of the path that the route's template calls {@code {name}}, a UUID in its canonical form. */
    public static UUID uuid(Exchange exchange, String name) {
        var value = path(exchange, name);
        if (!CANONICAL_UUID.matcher(value).matches()) {
            throw new Refusal(Problem.malformed(name + ": not a UUID (expected: 8-4-4-4-12 hexadecimal digits)"));
        }
        return UUID.fromString(value);
    }

    /** The article that the path names, the part that the template calls {@code {sku}}: see {@link #isSku}. */
    public static String sku(Exchange exchange) {
        var value = path(exchange, "sku");
        if (!isSku(value)) {
            throw new Refusal(Problem.malformed("sku: wrong form (expected: 1 to " + MAX_SKU_CHARACTERS
                    + " of letters, digits and . _ -, not dots alone)"));
        }
        return value;
    }

    /** Whether an article may have this name: 1 to 64 letters, digits, dots, underscores, hyphens; not dots alone. */
    public static boolean isSku(String text) {
        return text.length() <= MAX_SKU_CHARACTERS && SKU.matcher(text).matches();
    }

    /**
     * A query parameter; refused when it comes more than once.
     *
     * @throws IllegalArgumentException if the route does not declare it
     */
    public static Optional<String> query(Exchange exchange, String name) {
        return of(exchange).query(name);
    }

    /** A query parameter whose value is the name of a constant, as it is. */
    public static <E extends Enum<E>> Optional<E> query(Exchange exchange, String name, Class<E> constants) {
        return query(exchange, name).map(value -> {
            for (E constant : constants.getEnumConstants()) {
                if (constant.name().equals(value)) {
                    return constant;
                }
            }
            throw new Refusal(Problem.malformed(
                    name + ": not known (expected: one of " + List.of(constants.getEnumConstants()) + ")"));
        });
    }

    /**
     * A query parameter whose value has a form.
     *
     * @param expected the form in words
     */
    public static Optional<String> query(Exchange exchange, String name, Pattern form, String expected) {
        var given = query(exchange, name);
        if (given.isPresent() && !form.matcher(given.get()).matches()) {
            throw new Refusal(Problem.malformed(name + ": wrong form (expected: " + expected + ")"));
        }
        return given;
    }

    /** A query parameter whose value is a UUID in its canonical form. */
    public static Optional<UUID> queryUuid(Exchange exchange, String name) {
        return query(exchange, name, CANONICAL_UUID, "8-4-4-4-12 hexadecimal digits")
                .map(UUID::fromString);
    }

    /** A query parameter whose value is an age: a number and a unit, as {@code 90s} or {@code 7d}. */
    public static Optional<Duration> queryAge(Exchange exchange, String name) {
        return query(exchange, name, AGE, "1 to 99999 and a unit, s, m, h or d, as 90s or 7d")
                .map(Request::age);
    }

    private static Duration age(String text) {
        int count = Integer.parseInt(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** A query parameter whose value is a whole number in digits. */
    public static Optional<Integer> queryNumber(Exchange exchange, String name, int least, int most) {
        return query(exchange, name).map(value -> {
            if (NUMBER.matcher(value).matches()) {
                long number = Long.parseLong(value);
                if (number >= least && number <= most) {
                    return (int) number;
                }
            }
            throw new Refusal(
                    Problem.malformed(name + ": out of range (expected: " + least + " to " + most + ", in digits)"));
        });
    }

    /** The body, parsed strictly: see {@link StrictJson}. */
    public static <T> T body(Exchange exchange, Class<T> type) {
        return StrictJson.read(of(exchange).body, type);
    }

    /** SHA-256 of the body's bytes, in hexadecimal: what decides whether an idempotency key repeats its request. */
    public static String bodyHash(Exchange exchange) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(of(exchange).body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not in this JVM (expected: every JVM has it)", e);
        }
    }

    public String method() {
        return method;
    }

    /** Whether its method changes nothing. */
    public boolean isReading() {
        return READING_METHODS.contains(method);
    }

    /** With an id in small letters: nobody tells ids apart by the case of their letters, and who searches does. */
    public String path() {
        var id = pathParameters.getOrDefault("id", "");
        return CANONICAL_UUID.matcher(id).matches()
                ? path.replace(id, UUID.fromString(id).toString())
                : path;
    }

    /** As it was sent; empty for none. */
    String query() {
        return query;
    }

    public byte[] body() {
        return body;
    }

    /**
     * Refuses what nobody can want before the route runs: a parameter that the route does not declare, and in a request
     * that reads a body.
     */
    public void checkWants() {
        if (!parameters.contains(WHOLE_QUERY) && !parameters.containsAll(PercentCode.names(query))) {
            throw new Refusal(Problem.malformed("query: unknown parameter (expected: "
                    + (parameters.isEmpty() ? "none" : "none but " + String.join(", ", parameters)) + ")"));
        }
        if (isReading()) {
            checkNoBody();
        }
    }

    /** Refuses a body, in a route that wants none. */
    public static void noBody(Exchange exchange) {
        of(exchange).checkNoBody();
    }

    private void checkNoBody() {
        if (body.length > 0) {
            throw new Refusal(Problem.malformed("body: not wanted (expected: none)"));
        }
    }

    /** The trace to which the sender says that this request belongs; null where it names none, or several. */
    public String traceparent() {
        var given = headers.getOrDefault(TraceContext.HEADER, List.of());
        return given.size() == 1 ? given.getFirst() : null;
    }

    /** The value of a header that the edge lets in; refused when it comes more than once. */
    Optional<String> header(String name) {
        return only(name, headers.getOrDefault(name, List.of()));
    }

    private Optional<String> query(String name) {
        if (!parameters.contains(name)) {
            throw new IllegalArgumentException("query: " + name + " is not declared (expected: .param().name(\"" + name
                    + "\").type(query) in rest(...))");
        }
        List<String> values = new ArrayList<>();
        for (var pair : query.split("&")) {
            var parts = pair.split("=", 2);
            if (PercentCode.decoded(parts[0]).equals(name)) {
                values.add(parts.length == 1 ? "" : PercentCode.decoded(parts[1]));
            }
        }
        return only(name, values);
    }

    private static Optional<String> only(String name, List<String> values) {
        if (values.size() > 1) {
            throw new Refusal(Problem.malformed(name + ": more than one (expected: at most one)"));
        }
        return values.stream().findFirst();
    }
}
