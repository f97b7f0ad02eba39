package io.orderflow.app.operator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** Which parked events are meant: all options together, each as the parameter of its name in {@code /ops/docs}. */
final class ParkedFilters {

    @Option(names = "--order", description = "Those of this order.")
    private String order;

    @Option(names = "--topic", description = "Those from this topic.")
    private String topic;

    @Option(names = "--type", description = "Those of this type, as OrderCreated.")
    private String type;

    @Option(names = "--why", description = "UNREADABLE, NOT_UNDERSTOOD, FAILED or FOLLOWER.")
    private String why;

    @Option(names = "--error-class", description = "Those with this kind of failure, as PSQLException.")
    private String errorClass;

    @Option(names = "--group", description = "Those that failed alike.")
    private String group;

    @Option(names = "--min-age", description = "Those that were parked this long ago, or longer: 90s, 10m, 2h, 7d.")
    private String minAge;

    @Option(names = "--max-age", description = "Those that were parked this long ago, or less.")
    private String maxAge;

    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("order", order);
        query.put("topic", topic);
        query.put("type", type);
        query.put("reason", why);
        query.put("error_class", errorClass);
        query.put("group", group);
        query.put("min_age", minAge);
        query.put("max_age", maxAge);
        query.values().removeIf(Objects::isNull);
        return query;
    }
}
