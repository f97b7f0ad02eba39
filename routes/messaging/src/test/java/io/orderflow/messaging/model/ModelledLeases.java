package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Leases as messaging gives them. Between its turns a holder is taken to go on as at its last one: it renews what it
 * holds until it stands back or dies.
 */
final class ModelledLeases implements Leases, Kept {

    private static final int NOBODY = 0;
    private static final int FIRST = 1;

    private final ModelTime time;
    private final Instances instances;
    private final Map<Job, Held> held = new HashMap<>();
    private final Map<Stander, Instant> standingBack = new HashMap<>();
    private final Map<Stander, Instant> watchedBefore = new HashMap<>();
    private final Map<Role, Instant> died = new HashMap<>();

    private record Job(Role role, String name) {}

    private record Stander(Job job, int instance) {}

    /**
     * Whose a job is.
     *
     * @param until when it was last watched, where it is nobody's
     */
    private record Held(int holder, Instant until) {

        private boolean isOthers(int instance) {
            return holder != NOBODY && holder != instance;
        }
    }

    private record Saved(
            Map<Job, Held> held,
            Map<Stander, Instant> standingBack,
            Map<Stander, Instant> watchedBefore,
            Map<Role, Instant> died) {}

    ModelledLeases(ModelTime time, Instances instances) {
        this.time = time;
        this.instances = instances;
    }

    @Override
    public Holder hold(Role role, String name, Duration lease) {
        var job = new Job(role, name);
        int me = instances.acting();
        var now = time.instant();
        var before = before(job);
        if (standingBack.getOrDefault(new Stander(job, me), Instant.EPOCH).isAfter(now) || before.isOthers(me)) {
            return Holder.OTHERS;
        }
        held.put(job, new Held(me, Instant.EPOCH));
        if (before.holder() == NOBODY) {
            watchedBefore.put(new Stander(job, me), before.until());
        } else {
            watchedBefore.remove(new Stander(job, me));
        }
        boolean unwatched = before.holder() == NOBODY
                && before.until().plus(lease.multipliedBy(2)).isBefore(now);
        return unwatched ? Holder.MINE_AFTER_NOBODY : Holder.MINE;
    }

    /** Before the story begins the first instance has every job. */
    private Held before(Job job) {
        var at = died.get(job.role());
        return held.getOrDefault(job, at == null ? new Held(FIRST, Instant.EPOCH) : new Held(NOBODY, at));
    }

    @Override
    public void standBack(Role role, String name, Duration lease, Duration watched) {
        var job = new Job(role, name);
        int me = instances.acting();
        var now = time.instant();
        standingBack.put(new Stander(job, me), now.plus(lease.multipliedBy(2)));
        var until = watched.isZero() ? watchedBefore.getOrDefault(new Stander(job, me), now) : now.plus(watched);
        held.computeIfPresent(job, (same, one) -> one.holder() == me ? new Held(NOBODY, until) : one);
    }

    /** Whether an instance of a role leaves a job to others now. */
    boolean standsBack(Role role, int instance) {
        return standingBack.entrySet().stream()
                .anyMatch(one -> one.getKey().instance() == instance
                        && one.getKey().job().role().equals(role)
                        && one.getValue().isAfter(time.instant()));
    }

    /** Whether a job of a role is nobody's. */
    boolean isAnyOpen(Role role) {
        return held.entrySet().stream()
                .anyMatch(one ->
                        one.getKey().role().equals(role) && one.getValue().holder() == NOBODY);
    }

    /** The instances of a role die, all at once. */
    void died(Role role) {
        died.put(role, time.instant());
        standingBack.keySet().removeIf(one -> one.job().role().equals(role));
        watchedBefore.keySet().removeIf(one -> one.job().role().equals(role));
        held.replaceAll((job, one) ->
                job.role().equals(role) && one.holder() != NOBODY ? new Held(NOBODY, time.instant()) : one);
    }

    @Override
    public Object save() {
        return new Saved(Map.copyOf(held), Map.copyOf(standingBack), Map.copyOf(watchedBefore), Map.copyOf(died));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        replace(held, state.held());
        replace(standingBack, state.standingBack());
        replace(watchedBefore, state.watchedBefore());
        replace(died, state.died());
    }

    private static <K, V> void replace(Map<K, V> map, Map<K, V> by) {
        map.clear();
        map.putAll(by);
    }
}
