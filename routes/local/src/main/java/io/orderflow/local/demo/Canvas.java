package io.orderflow.local.demo;

import java.util.List;

/** What charts are drawn on, from the upper left: a page or a picture. */
interface Canvas {

    /** A place on it. */
    record Place(double x, double y) {}

    void area(List<Place> outline, Ink ink);

    void line(List<Place> places, Ink ink, double width);

    /** @param at where its base line begins */
    void text(Place at, String text, Ink ink, boolean bold);

    default void box(double x, double y, double width, double height, Ink ink) {
        area(
                List.of(
                        new Place(x, y),
                        new Place(x + width, y),
                        new Place(x + width, y + height),
                        new Place(x, y + height)),
                ink);
    }
}
