package io.orderflow.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The chart's own file. Its version, and that of the image which it installs, are those of the poms. */
final class ChartFile {

    static final Path PATH = Chart.FOLDER.resolve("Chart.yaml");

    private static final Pattern VERSION = Pattern.compile("(?s)<parent>.*?<version>([^<]+)</version>");

    private ChartFile() {}

    /** As it should be. */
    static String of(Path root) throws IOException {
        return versioned(Files.readString(root.resolve(PATH)), Files.readString(Chart.ROOT.resolve("pom.xml")));
    }

    static String versioned(String chart, String pom) {
        var version = version(pom);
        return chart.replaceFirst("(?m)^version: .*$", "version: " + version)
                .replaceFirst("(?m)^appVersion: .*$", "appVersion: " + version);
    }

    /** Which version the chart has: its module's. */
    static String version(Path root) throws IOException {
        return version(Files.readString(root.resolve("pom.xml")));
    }

    private static String version(String pom) {
        var version = VERSION.matcher(pom);
        if (!version.find()) {
            throw new IllegalArgumentException("pom.xml: no version of its parent");
        }
        return version.group(1);
    }
}
