package io.orderflow.messaging.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs of a world, each chosen by a seed alone: which faults there are, how often, and which of all possible steps
 * comes next. After a while the faults are healed, and what is under way comes to its end; it needs no deadline for
 * that, unless a log was lost. An instance that is cut off stays so, and so does a clock that is wrong: they must be
 * nobody's concern. Then the books are checked.
 */
public final class Simulation {

    private static final int LONGEST_END = 20_000;
    private static final int LONGEST_SILENCE_MINUTES = 120;
    private static final Set<Kind> HEALED = EnumSet.of(Kind.PROGRESS, Kind.RELEASE);
    private static final Set<Kind> WORK = EnumSet.of(Kind.PROGRESS, Kind.WISH);
    private static final Set<Kind> WORK_WITH_OPERATORS = EnumSet.of(Kind.PROGRESS, Kind.WISH, Kind.RELEASE);
    private static final Set<Kind> TIMERS = EnumSet.of(Kind.TIMER);
    private static final Set<Kind> CLOCK = EnumSet.of(Kind.TIME, Kind.TIMER);

    private final World world;
    private final Invariants invariants;
    private final Consumer<SplittableRandom> scene;
    private final Map<Kind, Long> taken = new EnumMap<>(Kind.class);
    private long steps;

    /**
     * @param scene sets the scene for a run: who wants what
     */
    public Simulation(World world, Invariants invariants, Consumer<SplittableRandom> scene) {
        this.world = world;
        this.invariants = invariants;
        this.scene = scene;
    }

    /** How many steps of each kind all runs have taken. */
    public Map<Kind, Long> taken() {
        return taken;
    }

    public long steps() {
        return steps;
    }

    /**
     * One run.
     *
     * @throws AssertionError if it fails, with the seed and the story
     */
    public void run(long seed) {
        try {
            run(seed, step -> {});
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(failure + "\nThe story of -Dseed=" + seed + ":\n" + story(seed), failure);
        }
    }

    private String story(long seed) {
        var story = new StringBuilder();
        try {
            tell(seed, line -> story.append(line).append('\n'));
        } catch (RuntimeException | AssertionError again) {
            return story.append(again).toString();
        }
        return story + "It does not fail again (expected: the same each time).";
    }

    /** One run as a story, a line for each step. */
    public void tell(long seed, Consumer<String> line) {
        run(seed, step -> line.accept(world.now() + "  " + step));
    }

    private void run(long seed, Consumer<Step> story) {
        var random = new SplittableRandom(seed);
        world.begin();
        scene.accept(random);
        disturbed(random, story);
        healed(random, story);
        invariants.atRest();
    }

    private void disturbed(SplittableRandom random, Consumer<Step> story) {
        var faults = Stream.of(Kind.values())
                .filter(kind -> kind.isFault() && random.nextInt(3) > 0)
                .filter(kind -> kind != Kind.LOST || random.nextInt(4) == 0)
                .toList();
        var work = random.nextBoolean() ? WORK : WORK_WITH_OPERATORS;
        int length = 30 + random.nextInt(120);
        int faultsOfHundred = random.nextInt(30);
        int timeOfHundred = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            int dice = random.nextInt(100);
            var kinds = work;
            if (dice < faultsOfHundred && !faults.isEmpty()) {
                kinds = EnumSet.of(faults.get(random.nextInt(faults.size())));
            } else if (dice >= 100 - timeOfHundred) {
                kinds = CLOCK;
            }
            var steps = world.steps(kinds);
            if (!steps.isEmpty()) {
                take(steps.get(random.nextInt(steps.size())), story);
            } else if (kinds == work) {
                if (world.isAtRest()) {
                    return;
                }
                world.untilWorkIsDue().ifPresent(wait -> take(wait, story));
            }
        }
    }

    private void healed(SplittableRandom random, Consumer<Step> story) {
        int minutes = 0;
        for (int i = 0; i < LONGEST_END; i++) {
            var steps = world.steps(HEALED);
            if (!steps.isEmpty()) {
                take(steps.get(random.nextInt(steps.size())), story);
                continue;
            }
            var wait = world.untilWorkIsDue();
            if (wait.isEmpty()) {
                if (!world.isAtRest()) {
                    throw new AssertionError("something is left and nothing can happen (expected: nothing left)");
                }
                if (invariants.isOver()) {
                    return;
                }
                if (++minutes > LONGEST_SILENCE_MINUTES) {
                    throw new AssertionError("an order waits for two hours (expected: its deadline passes)");
                }
                letDeadlinesPass(random, story);
                continue;
            }
            take(wait.get(), story);
        }
        throw new AssertionError("no end after " + LONGEST_END + " steps without a fault (expected: an end)");
    }

    /** A minute of an idle system, in which each instance looks at the clock. */
    private void letDeadlinesPass(SplittableRandom random, Consumer<Step> story) {
        int timers = world.steps(TIMERS).size();
        for (int i = 0; i < timers; i++) {
            var steps = world.steps(TIMERS);
            if (!steps.isEmpty()) {
                take(steps.get(random.nextInt(steps.size())), story);
            }
        }
        take(world.aMinute(), story);
    }

    private void take(Step step, Consumer<Step> story) {
        story.accept(step);
        step.action().run();
        steps++;
        taken.merge(step.kind(), 1L, Long::sum);
        invariants.always();
    }
}
