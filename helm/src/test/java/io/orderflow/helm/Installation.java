package io.orderflow.helm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ways of installing that all rules are tried on. */
enum Installation {
    /** Nothing but what has no default. */
    DEFAULT(ValuesFile.REQUIRED),
    SMALL(ValuesFile.SMALL),
    SMALL_WITH_CONSOLE(ValuesFile.SMALL, ValuesFile.CONSOLE),
    PRODUCTION(ValuesFile.PRODUCTION, ValuesFile.PRODUCTION_OWN),
    EXTERNAL_KAFKA(ValuesFile.REQUIRED, ValuesFile.EXTERNAL_KAFKA),
    EXISTING_CLUSTER(ValuesFile.REQUIRED, ValuesFile.EXISTING_CLUSTER),
    EVERYTHING(ValuesFile.REQUIRED, ValuesFile.EVERYTHING);

    private static final Chart CHART = Chart.copy();
    private static final Map<Installation, Manifests> RENDERED = new ConcurrentHashMap<>();

    private final ValuesFile[] values;

    Installation(ValuesFile... values) {
        this.values = values;
    }

    Manifests manifests() {
        return RENDERED.computeIfAbsent(this, one -> one.renderedBy(CHART));
    }

    /** All of them. */
    static Map<Installation, Manifests> rendered() {
        Map<Installation, Manifests> rendered = new EnumMap<>(Installation.class);
        for (var installation : values()) {
            rendered.put(installation, installation.manifests());
        }
        return rendered;
    }

    /** The services that are there after it. */
    Roles roles() {
        return this == EVERYTHING || List.of(values).contains(ValuesFile.CONSOLE) ? Roles.DECLARED : Roles.BY_DEFAULT;
    }

    Manifests renderedBy(Chart chart) {
        return chart.render(values);
    }

    Manifests with(Map<String, Object> single) {
        return CHART.render(single, values);
    }

    /** @param yaml values after its own */
    Manifests with(String yaml) {
        return CHART.render(yaml, values);
    }

    /** @param yaml values after its own */
    Manifests with(Chart chart, String yaml) {
        return chart.render(yaml, values);
    }

    /** @param release the name to install it under */
    Manifests as(String release, String yaml) {
        return CHART.as(release).render(yaml, values);
    }
}
