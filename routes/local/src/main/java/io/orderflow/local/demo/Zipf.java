package io.orderflow.local.demo;

import java.util.Random;

/** Ranks as people choose them: the second half as often as the first, the third a third as often. */
final class Zipf {

    private final double[] upTo;

    /** @param ranks how many there are to choose from */
    Zipf(int ranks) {
        this.upTo = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1.0 / (rank + 1);
            upTo[rank] = sum;
        }
    }

    /** One of them, from 0. */
    int pick(Random random) {
        double point = random.nextDouble() * upTo[upTo.length - 1];
        int rank = 0;
        while (upTo[rank] < point) {
            rank++;
        }
        return rank;
    }
}
