package io.orderflow.local;

import io.orderflow.testkit.Folders;
import io.orderflow.testkit.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@link Training} of an image, without a container: with the Java of its own base, and with the jars of its layers
 * as they lie there, unpacked into a folder. The JVM holds a class path for the same if only what stands before all of
 * it is another.
 */
final class ImageTraining {

    private static final int FIRST_JDK = 25;
    private static final Pattern VERSION = Pattern.compile("version \"(\\d+)");

    private final Path archive;
    private final Path output;
    private final Path scratch;

    /** @param output where the image's JVM is to leave what it has learned; what is there already is left alone */
    ImageTraining(Path archive, Path output) {
        this.archive = archive;
        this.output = output;
        this.scratch = output.resolveSibling("unfinished");
    }

    /** Says why not, where it cannot. */
    void run() throws Exception {
        if (Files.exists(output)) {
            return;
        }
        Folders.delete(scratch);
        try {
            var image = Image.unpack(archive, Files.createDirectories(scratch));
            var java = image.program(image.entrypoint().getFirst());
            var whyNot = whyNot(java);
            if (!whyNot.isEmpty()) {
                System.out.println("Without a cache of loaded classes: " + whyNot
                        + ". A build on Linux of the base's own kind makes one.");
                return;
            }
            System.out.println("A training run with the base's Java, for a quicker start of the image...");
            var learned = scratch.resolve("app.aot");
            var command = command(image, java, learned);
            new Training(scratch.resolve("run"), new Wishes(true, true, false, "", 1))
                    .run(name -> List.of(), settings -> {
                        var whole = new ArrayList<>(command);
                        whole.addAll(settings);
                        return whole;
                    });
            Files.move(learned, output, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(scratch);
        }
    }

    /** Why a Java cannot be trained; empty where it can. */
    static String whyNot(Path java) throws InterruptedException {
        try {
            var process = new ProcessBuilder(java.toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes());
            var version = VERSION.matcher(said);
            if (process.waitFor() != 0 || !version.find()) {
                return "the base's Java does not run here (" + said.strip() + ")";
            }
            int feature = Integer.parseInt(version.group(1));
            return feature >= FIRST_JDK ? "" : "the base's Java is " + feature + " (expected: " + FIRST_JDK + ")";
        } catch (IOException e) {
            return "the base's Java does not run here (" + e.getMessage() + ")";
        }
    }

    /** The image's own command line, with its files where they lie here. */
    private List<String> command(Image image, Path java, Path learned) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(AotCaches.learning(learned));
        for (var word : image.entrypoint().subList(1, image.entrypoint().size())) {
            command.add(word.startsWith("@") ? "@" + moved(image, word.substring(1)) : word);
        }
        return command;
    }

    private Path moved(Image image, String classPath) throws IOException {
        var here = Files.readString(image.file(classPath))
                .replace("/app/", image.root().toAbsolutePath() + "/app/");
        return Files.writeString(scratch.resolve("classpath"), here);
    }
}
