package io.orderflow.console;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The stories that one transaction has loaded, as what it heard has left them so far. */
final class LoadedStories {

    private final Map<UUID, Map<Chapter.Key, Chapter>> chapters = new HashMap<>();
    private final Set<UUID> changed = new LinkedHashSet<>();
    private final Set<UUID> readAgain = new LinkedHashSet<>();
    private final Set<Place> changedChapters = new LinkedHashSet<>();

    private record Place(UUID order, Chapter.Key key) {}

    LoadedStories(Collection<Chapter> known) {
        known.forEach(chapter -> chaptersOf(chapter.orderId()).put(chapter.key(), chapter));
    }

    /** Adds what was heard. Of an event that was written twice the first place counts, also if it is read later. */
    void add(Chapter heard) {
        if (!heard.isHeardNow()) {
            readAgain.add(heard.orderId());
        }
        var known = chaptersOf(heard.orderId()).get(heard.key());
        if (known != null && known.offset() < heard.offset()) {
            return;
        }
        var chapter = known == null ? heard : heard.keeping(known);
        if (!chapter.equals(known)) {
            chaptersOf(heard.orderId()).put(heard.key(), chapter);
            changed.add(heard.orderId());
            changedChapters.add(new Place(heard.orderId(), heard.key()));
        }
    }

    List<Chapter> changedChapters() {
        return changedChapters.stream()
                .map(place -> chaptersOf(place.order()).get(place.key()))
                .toList();
    }

    List<Story> changedStories() {
        return changed.stream().map(this::story).toList();
    }

    /** Those of which something was read again, and that was known. */
    List<Story> storiesReadAgain() {
        return readAgain.stream()
                .filter(order -> !changed.contains(order))
                .map(this::story)
                .toList();
    }

    private Story story(UUID order) {
        return Decisions.story(order, chaptersOf(order).values());
    }

    private Map<Chapter.Key, Chapter> chaptersOf(UUID order) {
        return chapters.computeIfAbsent(order, none -> new HashMap<>());
    }
}
