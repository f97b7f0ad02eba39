package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.testkit.Ports;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {

    @Test
    void aMailIsAFileBeforeTheServerSaysThatItTookIt(@TempDir Path folder) throws Exception {
        var server = new MailServer(Ports.free(), folder).start();
        try {
            for (int i = 0; i < 3; i++) {
                send(server.port(), "customer" + i + "@example.com");

                try (var files = Files.list(folder)) {
                    assertThat(files.filter(file -> file.toString().endsWith(".eml")))
                            .hasSize(i + 1);
                }
            }
        } finally {
            server.stop();
        }
    }

    private static void send(int port, String to) throws Exception {
        var settings = new Properties();
        settings.put("mail.smtp.host", "localhost");
        settings.put("mail.smtp.port", String.valueOf(port));
        var mail = new MimeMessage(Session.getInstance(settings));
        mail.setFrom("shop@orderflow.example");
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        mail.setSubject("hello");
        mail.setText("text");
        Transport.send(mail);
    }
}
