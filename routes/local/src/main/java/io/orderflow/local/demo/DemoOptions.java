package io.orderflow.local.demo;

import io.orderflow.local.Refused;
import java.nio.file.Path;
import java.util.List;

/**
 * What the command line says.
 *
 * @param seed decides what is ordered when
 * @param folder for the report, and below it what the run needs
 * @param redraw whether there is a terminal whose lines can be drawn over
 */
record DemoOptions(long seed, Path folder, boolean redraw) {

    private static final String SEED = "--seed=";
    private static final String FOLDER = "--folder=";
    private static final String REDRAW = "--redraw";

    static DemoOptions of(List<String> arguments) {
        long seed = 1;
        var folder = Path.of("target", "demo");
        boolean redraw = false;
        for (var argument : arguments) {
            if (argument.startsWith(SEED)) {
                seed = number(argument.substring(SEED.length()));
            } else if (argument.startsWith(FOLDER)) {
                folder = Path.of(argument.substring(FOLDER.length()));
            } else if (argument.equals(REDRAW)) {
                redraw = true;
            } else {
                throw new Refused(argument + " (expected: " + SEED + "1, " + FOLDER + "folder or " + REDRAW + ")");
            }
        }
        return new DemoOptions(seed, folder.toAbsolutePath(), redraw);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refused("SEED: " + text + " (expected: a whole number)");
        }
    }
}
