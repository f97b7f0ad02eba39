package io.orderflow.e2e.cluster;

import io.orderflow.e2e.shop.Instance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a process shows to Prometheus: the labels and their values of every series, by its name.
 *
 * @param types the kind of each family
 */
record Exposed(Map<String, Map<String, Set<String>>> labels, Map<String, String> types) {

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

    static Exposed by(Instance instance) throws IOException, InterruptedException {
        return parse(get(instance.management().resolve("/observe/metrics")));
    }

    private static String get(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static Exposed parse(String text) {
        Map<String, Map<String, Set<String>>> labels = new TreeMap<>();
        SERIES.matcher(text).results().forEach(series -> {
            var mine = labels.computeIfAbsent(series.group(1), name -> new TreeMap<>());
            if (series.group(2) != null) {
                LABEL.matcher(series.group(2)).results().forEach(label -> mine.computeIfAbsent(
                                label.group(1), name -> new TreeSet<>())
                        .add(label.group(2)));
            }
        });
        Map<String, String> types = new TreeMap<>();
        TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
        return new Exposed(labels, types);
    }

    /** The labels of a family; of a histogram without its buckets'. */
    Set<String> labelsOf(String family) {
        var series = types.get(family).equals("histogram") ? family + "_count" : family;
        return labels.getOrDefault(series, Map.of()).keySet();
    }
}
