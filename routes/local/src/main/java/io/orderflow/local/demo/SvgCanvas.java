package io.orderflow.local.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws into a page, as SVG. */
final class SvgCanvas implements Canvas {

    private final StringBuilder drawn = new StringBuilder();
    private final int width;
    private final int height;

    SvgCanvas(int width, int height) {
        this.width = width;
        this.height = height;
    }

    @Override
    public void area(List<Place> outline, Ink ink) {
        add("<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>", points(outline), colour(ink), ink.opacity());
    }

    @Override
    public void line(List<Place> places, Ink ink, double thickness) {
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>",
                points(places), colour(ink), thickness);
    }

    @Override
    public void text(Place at, String text, Ink ink, boolean bold) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\"%s>%s</text>",
                at.x(), at.y(), colour(ink), bold ? " font-weight=\"bold\"" : "", escaped(text));
    }

    private void add(String format, Object... values) {
        drawn.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String points(List<Place> places) {
        return places.stream()
                .map(place -> String.format(Locale.ROOT, "%.1f,%.1f", place.x(), place.y()))
                .collect(Collectors.joining(" "));
    }

    private static String colour(Ink ink) {
        return String.format("#%06x", ink.rgb());
    }

    /** Text as it may stand in a page. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The element with all that was drawn. */
    String element() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"
                     font-family="system-ui, sans-serif" font-size="14">
                %s</svg>""".formatted(width, height, drawn);
    }
}
