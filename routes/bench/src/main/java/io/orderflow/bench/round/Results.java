package io.orderflow.bench.round;

import java.util.List;
import java.util.Map;

/**
 * All that a run has given.
 *
 * @param machine when and on what it ran
 * @param titles who took part, by their names
 * @param audits what was wrong with what each had kept, by name and occasion; empty lists where nothing was
 */
public record Results(
        String machine, Map<String, String> titles, List<Figures> figures, Map<String, List<String>> audits) {}
