package io.orderflow.http.edge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is served at which paths. A template's segments are plain ones, or names in braces, which any segment fits;
 * where a path fits several templates, a plain segment goes before one that fits any.
 */
final class Paths<T> {

    private static final Comparator<Place<?>> PLAIN_FIRST =
            Comparator.comparing(place -> place.template().replaceAll("\\{[^/]*}", "\uffff"));

    private volatile List<Place<T>> places = List.of();

    /** One method of one template, and what is served there. */
    record Place<T>(String template, List<String> segments, String method, T what) {

        private boolean fits(List<String> path) {
            if (path.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!segments.get(i).startsWith("{") && !segments.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        /** Whether it answers this method: who is asked for a head only gives what he would give to be read. */
        boolean answers(String asked) {
            return asked.equals(method) || asked.equals("HEAD") && method.equals("GET");
        }
    }

    synchronized void add(String method, String template, T what) {
        var more = new ArrayList<>(places);
        more.add(new Place<>(template, segments(template), method, what));
        more.sort(PLAIN_FIRST);
        places = List.copyOf(more);
    }

    synchronized void remove(T what) {
        places = places.stream().filter(place -> place.what() != what).toList();
    }

    /** All that is served at this path, whatever the method. */
    List<Place<T>> at(String path) {
        var asked = segments(path);
        List<Place<T>> found = new ArrayList<>();
        for (var place : places) {
            if (place.fits(asked)) {
                found.add(place);
            }
        }
        return found;
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/"));
    }
}
