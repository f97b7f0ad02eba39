package io.orderflow.local.demo;

import io.orderflow.contracts.Topology;
import io.orderflow.local.OwnRun;
import io.orderflow.local.Refused;
import java.io.IOException;
import java.sql.SQLException;

/** Does to the services what the plan says, when it says so, and keeps the diary of it. */
final class Director {

    private static final String INVENTORY = "inventory";
    private static final int AT_ONCE = 6_000;
    private static final int MOST_RELEASES = 4;
    private static final long LOOK = 100;

    private final DemoPlan plan;
    private final OwnRun run;
    private final Diary diary;
    private final DemoClock clock;

    Director(DemoPlan plan, OwnRun run, Diary diary, DemoClock clock) {
        this.plan = plan;
        this.run = run;
        this.diary = diary;
        this.clock = clock;
    }

    /** Answers when everything is mended and nothing is parked any more. */
    void play() throws IOException, InterruptedException, SQLException {
        poison();
        loseTheBroker();
        deployBadly();
        try (var operator = new Operator(run::ops)) {
            release(operator);
            giveThePoisonUp(operator);
        }
    }

    private void poison() throws InterruptedException {
        clock.awaitSecond(plan.poison());
        int written = Poison.write(run.brokers());
        diary.note(clock.seconds(), "a stranger writes " + written + " times what is no event; its readers park it");
    }

    private void loseTheBroker() throws InterruptedException {
        clock.awaitSecond(plan.brokerGone());
        double gone = clock.seconds();
        run.takeBrokerAway();
        diary.begins(Act.BROKER_AWAY, gone, "the broker goes away; orders are accepted all the same");
        clock.awaitSecond(plan.brokerStarted());
        run.bringBrokerBack();
        double back = clock.seconds();
        diary.ends(Act.BROKER_AWAY, back, "the broker is back after %.1f seconds".formatted(back - gone));
    }

    private void deployBadly() throws SQLException, InterruptedException {
        clock.awaitSecond(plan.badDeployment());
        var deployment = new BadDeployment(run.database());
        deployment.apply();
        double began = clock.seconds();
        diary.begins(Act.BAD_DEPLOYMENT, began, "bad deployment: who orders two of something is parked by inventory");
        try {
            while (parked() < plan.parkedByThen() && clock.seconds() < plan.patience()) {
                Thread.sleep(LOOK);
            }
        } finally {
            deployment.mend();
        }
        insist(parked(), "events parked by the bad deployment");
        diary.ends(Act.BAD_DEPLOYMENT, clock.seconds(), parked() + " events are parked; the deployment is mended");
    }

    private int parked() {
        return diary.last().map(Moment::parked).orElse(0);
    }

    /** What was under way when the last release was made may have parked behind it. */
    private void release(Operator operator) throws IOException, InterruptedException {
        diary.begins(
                Act.RELEASE,
                clock.seconds(),
                "they are released, " + plan.releasedPerMinute() / 60 + " a second, while orders go on");
        int released = settleFailed(operator, plan.releasedPerMinute());
        for (int again = 1; again < MOST_RELEASES; again++) {
            released += settleFailed(operator, AT_ONCE);
        }
        insist(released, "events released");
        double done = clock.seconds();
        diary.ends(Act.RELEASE, done, released + " events are released, each order's in its order");
    }

    /** A minute in which nothing went wrong would show nothing. */
    private static void insist(int seen, String what) {
        if (seen == 0) {
            throw new Refused(what + ": 0 (expected: some)");
        }
    }

    private static int settleFailed(Operator operator, int perMinute) throws IOException, InterruptedException {
        return operator.settle(INVENTORY, "reason=FAILED", perMinute, "the deployment is mended");
    }

    private void giveThePoisonUp(Operator operator) throws IOException, InterruptedException {
        int given = 0;
        for (var role : Topology.ORDERFLOW.drawn()) {
            given += operator.settle(
                    role.name(), "action=DISCARD&reason=UNREADABLE", AT_ONCE, "nobody of ours has written it");
        }
        insist(given, "copies given up of what is no event");
        diary.note(clock.seconds(), "an operator gives up the " + given + " copies of what is no event");
    }
}
