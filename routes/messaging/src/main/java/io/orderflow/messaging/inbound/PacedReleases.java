package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Releases;
import io.orderflow.messaging.Standing;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.tables.ReleaseRows;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;

/** The releases of this process's roles, as operators make, see and steer them; a {@link Releaser} carries them out. */
public final class PacedReleases implements Releases {

    private static final Comparator<Release> NEWEST_FIRST = Comparator.comparing(Release::createdAt)
            .thenComparing(release -> release.id().toString())
            .reversed();

    private final Backbones backbones;
    private final ObjectProvider<Standing> standings;
    private final Duration releaseWindow;

    /** @param releaseWindow how long after parking an event may be released */
    public PacedReleases(Backbones backbones, ObjectProvider<Standing> standings, Duration releaseWindow) {
        this.backbones = backbones;
        this.standings = standings;
        this.releaseWindow = releaseWindow;
    }

    private ReleaseRows rows(Role role) {
        return backbones.of(role).tables().parked().releases();
    }

    @Override
    public Plan plan(Role role, Selection selection) {
        return rows(role).plan(selection, releaseWindow);
    }

    @Override
    public Release begin(Role role, Selection selection, Order order, Consumer<Release> witness) {
        return backbones.of(role).run(transaction -> {
            var id = rows(role).store(selection, order, releaseWindow);
            var release = rows(role).lists().find(id).orElseThrow();
            witness.accept(release);
            return release;
        });
    }

    @Override
    public List<Release> list(Place before, int limit) {
        return backbones.all().stream()
                .flatMap(backbone -> rows(backbone.role()).lists().list(before, limit).stream())
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Release> find(UUID id) {
        return backbones.all().stream()
                .flatMap(backbone -> rows(backbone.role()).lists().find(id).stream())
                .findFirst();
    }

    @Override
    public int later(Release release) {
        return rows(release.role()).lists().later(release.id());
    }

    @Override
    public List<Item> items(Release release, Result result, int after, int limit) {
        var standing = standings.stream()
                .filter(known -> known.role().equals(release.role()))
                .findFirst()
                .orElse(null);
        return rows(release.role()).lists().items(release.id(), result, after, limit, standing);
    }

    @Override
    public List<Tried> ofEvent(Role role, UUID event, int limit) {
        return rows(role).lists().ofEvent(event, limit);
    }

    @Override
    public Optional<Release> take(Release release, Step step, BiConsumer<State, State> witness) {
        var rows = rows(release.role());
        return backbones.of(release.role()).run(transaction -> {
            rows.lock(release.id());
            var before = rows.lists().find(release.id());
            if (before.isEmpty() || !rows.take(release.id(), step)) {
                return Optional.empty();
            }
            var after = rows.lists().find(release.id()).orElseThrow();
            witness.accept(before.get().state(), after.state());
            return Optional.of(after);
        });
    }
}
