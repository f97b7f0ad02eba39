package io.orderflow.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What the page takes of others is what {@code make vendor} wrote, and the page takes nothing from anywhere else. */
class VendoredTest {

    private static final Path VENDOR = Path.of("src/vendor");
    private static final String PAGE = "io/orderflow/console/page/";
    private static final Pattern IMPORT = Pattern.compile("\\b(?:from|import)\\s*\\(?\\s*[\"']([^\"']+)[\"']");
    private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"([^\"]+)\"|url\\(([^)]+)\\)");

    @Test
    void eachFileIsAsItWasTaken() throws Exception {
        var expected = checksums();
        assertThat(expected).hasSizeGreaterThan(5);
        for (var file : expected.entrySet()) {
            assertThat(sha512(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
        }
    }

    @Test
    void eachIsNamedWithItsLicence() throws IOException {
        var page = Files.readString(VENDOR.resolve("VENDORED.md"));
        var licences = text("META-INF/licenses/console-page.txt");

        assertThat(checksums().keySet()).allSatisfy(name -> assertThat(page).contains("as `" + name + "`"));
        assertThat(page.lines().filter(line -> line.startsWith("| ")).skip(1)).allSatisfy(line -> {
            var cells = line.split(" *\\| *");
            assertThat(licences).contains("==== " + cells[1] + " " + cells[2]);
        });
    }

    /** One that names another by what it is called elsewhere needs an import map, which the page's policy forbids. */
    @Test
    void modulesTakeOnlyWhatLiesBesideThem() throws IOException {
        for (var script : scripts()) {
            var taken = IMPORT.matcher(text(PAGE + script)).results().map(found -> found.group(1));
            assertThat(taken).as(script).allSatisfy(name -> {
                assertThat(name).startsWith("./");
                assertThat(new ClassPathResource(PAGE + name.substring(2)).exists())
                        .as(name)
                        .isTrue();
            });
        }
        assertThat(IMPORT.matcher("import{h as a}from\"preact\";import('./x.js')")
                        .results())
                .hasSize(2);
    }

    @Test
    void thePageNamesNoOtherPlace() throws IOException {
        for (var file : List.of("index.html", "console.css", "pico.css", "uplot.css")) {
            var named = ADDRESS.matcher(text(PAGE + file)).results().map(found -> found.group()
                    .replaceFirst(".*?[\"(]", ""));
            assertThat(named).as(file).allMatch(one -> one.matches("\"?(console/|docs|data:|data:image).*"));
        }
    }

    private static List<String> scripts() throws IOException {
        var scripts = new PathMatchingResourcePatternResolver().getResources("classpath*:" + PAGE + "*.js");
        assertThat(scripts).hasSizeGreaterThan(10);
        return Arrays.stream(scripts).map(script -> script.getFilename()).toList();
    }

    /** As {@code openssl dgst -r} writes them. */
    private static Map<String, String> checksums() throws IOException {
        return Files.readAllLines(VENDOR.resolve("vendored.sha512")).stream()
                .map(line -> line.split(" \\*"))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
    }

    private static String sha512(String name) throws IOException, NoSuchAlgorithmException {
        var bytes = new ClassPathResource(PAGE + name).getContentAsByteArray();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    }

    private static String text(String resource) throws IOException {
        return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
    }
}
