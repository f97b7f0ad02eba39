package io.orderflow.local;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.testkit.Child;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that takes every mail and keeps it as a file before it says so. */
public final class MailServer {

    private static final int MAX_MAILS_IN_MEMORY = 200;

    private final Path folder;
    private final GreenMail server;
    private final AtomicInteger taken = new AtomicInteger();

    MailServer(int port, Path folder) {
        this.folder = folder;
        this.server = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
    }

    /** Arguments: the port and the folder for the mails. */
    public static void main(String... arguments) throws IOException {
        new MailServer(Integer.parseInt(arguments[0]), Path.of(arguments[1])).start();
        Child.followParent();
    }

    MailServer start() throws IOException {
        Files.createDirectories(folder);
        server.start();
        server.getUserManager().setMessageDeliveryHandler((message, address) -> {
            keep(message.getMessage());
            return everybody();
        });
        return this;
    }

    int port() {
        return server.getSmtp().getPort();
    }

    void stop() {
        server.stop();
    }

    private GreenMailUser everybody() {
        var users = server.getUserManager();
        var user = users.getUser("everybody");
        try {
            return user != null ? user : users.createUser("everybody@localhost", "everybody", "everybody");
        } catch (UserException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(MimeMessage mail) {
        int number = taken.incrementAndGet();
        var name = System.currentTimeMillis() + "-" + number;
        var file = folder.resolve(name + ".eml");
        var unfinished = folder.resolve(name + ".part");
        try {
            try (var out = Files.newOutputStream(unfinished)) {
                mail.writeTo(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            if (number % MAX_MAILS_IN_MEMORY == 0) {
                server.purgeEmailFromAllMailboxes();
            }
        } catch (IOException | MessagingException | FolderException e) {
            throw new IllegalStateException(file + ": cannot be written", e);
        }
    }
}
