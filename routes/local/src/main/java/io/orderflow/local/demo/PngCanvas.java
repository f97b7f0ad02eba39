package io.orderflow.local.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws into a picture. */
final class PngCanvas implements Canvas {

    private static final int FONT_SIZE = 14;
    private static final int OPAQUE = 255;

    private final BufferedImage image;
    private final Graphics2D pen;

    PngCanvas(int width, int height) {
        System.setProperty("java.awt.headless", "true");
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    }

    @Override
    public void area(List<Place> outline, Ink ink) {
        use(ink);
        var path = path(outline);
        path.closePath();
        pen.fill(path);
    }

    @Override
    public void line(List<Place> places, Ink ink, double width) {
        use(ink);
        pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(path(places));
    }

    private static Path2D path(List<Place> places) {
        var path = new Path2D.Double();
        path.moveTo(places.getFirst().x(), places.getFirst().y());
        places.forEach(place -> path.lineTo(place.x(), place.y()));
        return path;
    }

    @Override
    public void text(Place at, String text, Ink ink, boolean bold) {
        use(ink);
        pen.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, FONT_SIZE));
        pen.drawString(text, (float) at.x(), (float) at.y());
    }

    private void use(Ink ink) {
        var colour = new Color(ink.rgb());
        int alpha = (int) (ink.opacity() * OPAQUE);
        pen.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha));
    }

    void write(Path file) throws IOException {
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
