package io.orderflow.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Files of a page, in memory. A requested name is looked up among them and never made into a path, and the browser runs
 * no script or style, and asks nobody, but of the port that they come from.
 */
public final class StaticFiles {

    /** What a browser lets a page of ours do. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "html", "text/html; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    private final Map<String, Content> files;

    /** @param files by their names */
    public StaticFiles(Map<String, Content> files) {
        this.files = Map.copyOf(files);
    }

    /**
     * Those of the class path that fit, by their names.
     *
     * @param pattern as {@code classpath:page/*}
     */
    public static Map<String, Content> found(String pattern) {
        Map<String, Content> found = new LinkedHashMap<>();
        for (var file : resources(pattern)) {
            found.put(file.getFilename(), content(file));
        }
        return found;
    }

    /** Those of the class path that fit, whatever their names: several may have one. */
    public static List<Content> all(String pattern) {
        return resources(pattern).stream().map(StaticFiles::content).toList();
    }

    /** @throws IllegalStateException unless exactly one fits */
    public static Content only(String pattern) {
        var found = resources(pattern);
        if (found.size() != 1) {
            throw new IllegalStateException(pattern + ": " + found.size() + " files (expected: 1)");
        }
        return content(found.getFirst());
    }

    /** Made here, of this kind: what a file's name would end with. */
    public static Content made(String kind, byte[] bytes) {
        var mediaType = MEDIA_TYPES.get(kind);
        if (mediaType == null) {
            throw new IllegalArgumentException(
                    kind + ": no kind of file (expected: one of " + MEDIA_TYPES.keySet() + ")");
        }
        return new Content(mediaType, POLICY, bytes);
    }

    private static List<Resource> resources(String pattern) {
        try {
            List<Resource> found = new ArrayList<>();
            for (var file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                if (file.isReadable()
                        && file.getFilename() != null
                        && file.getFilename().contains(".")) {
                    found.add(file);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(pattern, e);
        }
    }

    private static Content content(Resource file) {
        try {
            var name = file.getFilename();
            return made(name.substring(name.lastIndexOf('.') + 1), file.getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(file.getDescription(), e);
        }
    }

    /**
     * The file of this name.
     *
     * @throws Refusal 404, if there is none
     */
    public Content named(String name) {
        var found = files.get(name);
        if (found == null) {
            throw new Refusal(Problem.notFound());
        }
        return found;
    }
}
