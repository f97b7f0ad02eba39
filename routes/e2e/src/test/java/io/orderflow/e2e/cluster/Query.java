package io.orderflow.e2e.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for, as far as names go: its series with their matchers, and the labels that it groups
 * by.
 */
record Query(List<Selector> selectors, Set<String> grouping) {

    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w$])([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()(?:\\s*\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

    /** @param values by the label's name, of the matchers that ask for one value */
    record Selector(String series, Set<String> labels, Map<String, String> values) {}

    static Query parse(String expression) {
        Set<String> grouping = new TreeSet<>();
        GROUPING.matcher(expression)
                .results()
                .flatMap(group -> Arrays.stream(group.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(grouping::add);
        var plain = GROUPING.matcher(expression).replaceAll("").replaceAll("\\[[^]]*]", "");
        List<Selector> selectors = new ArrayList<>();
        SELECTOR.matcher(plain)
                .results()
                .filter(found -> !KEYWORDS.contains(found.group(1).toLowerCase(Locale.ROOT)))
                .forEach(found -> selectors.add(selector(found.group(1), found.group(2))));
        return new Query(selectors, grouping);
    }

    private static Selector selector(String series, String matchers) {
        Set<String> labels = new TreeSet<>();
        Map<String, String> values = new TreeMap<>();
        MATCHER.matcher(matchers == null ? "" : matchers).results().forEach(matcher -> {
            labels.add(matcher.group(1));
            if (!matcher.group(2).contains("~") && !matcher.group(3).contains("$")) {
                values.put(matcher.group(1), matcher.group(3));
            }
        });
        return new Selector(series, labels, values);
    }
}
