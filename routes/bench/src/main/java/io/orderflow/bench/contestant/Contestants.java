package io.orderflow.bench.contestant;

import io.orderflow.bench.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Who takes part. */
public final class Contestants {

    private Contestants() {}

    /**
     * Starts them one after the other, in the order in which they take their turns.
     *
     * @param peers the folder into which those were built that are none of ours
     * @param settings more of our own services' settings
     * @param only names of those who take part, or nothing for everybody
     */
    public static List<Entrant> start(Machine machine, Path peers, List<String> settings, List<String> only)
            throws IOException, SQLException, InterruptedException {
        List<Entrant> entrants = new ArrayList<>();
        if (only.isEmpty() || only.contains(FloorEntrant.NAME)) {
            entrants.add(new FloorEntrant(machine));
        }
        List<Contestant> all = new ArrayList<>(List.of(BareContestant.contestant(), Ours.with(settings)));
        all.addAll(Peers.in(peers));
        for (var contestant : all) {
            if (only.isEmpty() || only.contains(contestant.name())) {
                entrants.add(new HttpEntrant(contestant, machine));
            }
        }
        return entrants;
    }
}
