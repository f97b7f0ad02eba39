package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The image has one name: what {@code make image} writes into its archive is what the chart asks for. To a container
 * runtime another name is another image, for which every pod would wait.
 */
class ImageNameTest {

    private static final Set<String> BUNDLED = Set.of("postgresql", "mailbox");
    private static final String REGISTRY = "registry.example.com/";

    @ParameterizedTest
    @EnumSource
    void everyPodOfOursAsksForTheImageOfTheArchive(Installation installation) throws IOException {
        var archive = pom("image.name");
        var asked = images(installation.manifests(), false);
        assertThat(asked).singleElement().asString().satisfies(image -> {
            if (image.contains("@")) {
                assertThat(repository(image)).isEqualTo(REGISTRY + repository(archive));
            } else {
                assertThat(image).isEqualTo(archive);
            }
        });
    }

    @Test
    void aClusterOfKindAsksForTheImageThatIsLoadedIntoIt() throws IOException {
        var manifests = Chart.copy().render(ValuesFile.SMALL, ValuesFile.KIND);
        assertThat(images(manifests, false)).containsExactly(pom("image.name"));
        assertThat(images(manifests, true)).hasSize(BUNDLED.size()).allMatch(image -> image.matches(".+:[^:/]*\\d.*"));

        var archive = pom("image.archive").replace("${project.build.directory}", "routes/app/target");
        assertThat(Files.readString(Chart.ROOT.resolve("kind/up")))
                .contains("archive=" + archive + "\n", "kind load image-archive \"$archive\"");
    }

    private static Set<String> images(Manifests manifests, boolean bundled) {
        Set<String> images = new TreeSet<>();
        Pods.in(manifests)
                .filter(pod -> BUNDLED.contains(pod.component()) == bundled)
                .flatMap(Pods.Pod::containers)
                .forEach(container -> images.add(container.path("image").asText()));
        return images;
    }

    private static String repository(String image) {
        return image.replaceFirst("@.*", "").replaceFirst(":[^:/]*$", "");
    }

    /** A property of the image's pom, with the version put in. */
    private static String pom(String property) throws IOException {
        var version = value(Files.readString(Chart.ROOT.resolve("pom.xml")), "(?s)<parent>.*?<version>([^<]+)<");
        return value(
                        Files.readString(Chart.ROOT.resolve("../routes/app/pom.xml")),
                        "<" + Pattern.quote(property) + ">([^<]+)<")
                .replace("${project.version}", version);
    }

    private static String value(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}
