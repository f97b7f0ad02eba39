package io.orderflow.helm;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.orderflow.helm.Manifests.Manifest;
import io.orderflow.strimzi.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with a rendering, resource by resource, each with its template, its name and the path in it. */
final class Rules {

    private static final Schemas STRIMZI = schemas();
    /** As much of the definitions of others' kinds as the chart uses, which no library that we have brings along. */
    static final Map<String, JsonSchema> OTHERS = Map.of(
            "HTTPRoute", schema("httproute"),
            "PodMonitor", schema("monitoring"),
            "PrometheusRule", schema("monitoring"),
            "ScaledObject", schema("keda"),
            "TriggerAuthentication", schema("keda"));

    private Rules() {}

    private static JsonSchema schema(String name) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Rules.class.getResourceAsStream("/" + name + ".schema.json"));
    }

    private static Schemas schemas() {
        try {
            return new Schemas(Path.of("../strimzi"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<String> mistakes(Manifests manifests) {
        List<String> mistakes = new ArrayList<>();
        for (var one : manifests.all()) {
            of(one).forEach(mistake -> mistakes.add(one + ": " + mistake));
        }
        return mistakes;
    }

    private static List<String> of(Manifest one) {
        if (Strict.knows(one.content())) {
            return Strict.mistakes(one.content());
        }
        if (OTHERS.containsKey(one.kind())) {
            return OTHERS.get(one.kind()).validate(one.content()).stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        }
        try {
            return STRIMZI.mistakes(one.yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
