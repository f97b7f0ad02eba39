package io.orderflow.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Bars with the range of their rounds, drawn into a file. */
final class BarChart {

    private static final int WIDTH = 900;
    private static final int ROW = 44;
    private static final int TOP = 60;
    private static final int LEFT = 230;
    private static final int RIGHT = 160;
    private static final int BAR = 24;
    private static final Color OURS = new Color(0x1F6FB2);
    private static final Color OTHERS = new Color(0x9AA5B1);

    private final String title;

    BarChart(String title) {
        this.title = title;
    }

    record Bar(String name, Median value) {}

    void write(List<Bar> bars, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        var image = new BufferedImage(WIDTH, TOP + bars.size() * ROW + ROW / 2, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
        pen.drawString(title, 20, 32);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        double most = bars.stream().mapToDouble(bar -> bar.value().most()).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            draw(pen, bars.get(i), TOP + i * ROW, (WIDTH - LEFT - RIGHT) / most);
        }
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static void draw(Graphics2D pen, Bar bar, int y, double scale) {
        pen.setColor(bar.name().equals(Ratios.OURS) ? OURS : OTHERS);
        pen.fillRect(LEFT, y, (int) (bar.value().middle() * scale), BAR);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(2));
        int middle = y + BAR / 2;
        int most = LEFT + (int) (bar.value().most() * scale);
        pen.drawLine(LEFT + (int) (bar.value().least() * scale), middle, most, middle);
        pen.drawString(bar.name(), 20, middle + 5);
        pen.drawString(Amount.of(bar.value().middle()), most + 10, middle + 5);
    }
}
