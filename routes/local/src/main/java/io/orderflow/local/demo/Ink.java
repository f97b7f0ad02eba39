package io.orderflow.local.demo;

/** The colours of a report, which people who see few of them can tell apart as well. */
enum Ink {
    TEXT(0x1F2933, 1),
    FAINT(0x616E7C, 1),
    PAPER(0xFFFFFF, 1),
    GRID(0xE4E7EB, 1),
    STRETCH(0xF0B429, 0.22),
    CONFIRMED(0x2F8F6B, 1),
    DECLINED(0xCB6E17, 1),
    OUT_OF_STOCK(0x7B5EA7, 1),
    PENDING(0xA9C4E4, 1),
    ACCEPTED(0x1F6FB2, 1),
    PARKED(0xBA2525, 1);

    private final int rgb;
    private final double opacity;

    Ink(int rgb, double opacity) {
        this.rgb = rgb;
        this.opacity = opacity;
    }

    int rgb() {
        return rgb;
    }

    double opacity() {
        return opacity;
    }
}
