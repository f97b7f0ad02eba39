package io.orderflow.local.demo;

import io.orderflow.local.demo.Moment.Taken;

/** The diary of a demo of eight seconds, for tests of what is made of one. */
final class DemoDiary {

    private DemoDiary() {}

    static Diary ofEightSeconds() {
        var diary = new Diary();
        for (int second = 0; second <= 8; second++) {
            diary.saw(at(second));
        }
        diary.begins(Act.BROKER_AWAY, 2, "the broker is <gone>");
        diary.ends(Act.BROKER_AWAY, 4, "the broker is back");
        diary.begins(Act.BAD_DEPLOYMENT, 6, "a bad deployment");
        return diary;
    }

    static Moment at(int second) {
        return new Moment(
                second,
                new Taken(30 * second, second, 0, 4, 31),
                10 * second,
                16 * second,
                3 * second,
                second,
                70 * second,
                5 * second,
                9,
                17 * second);
    }
}
