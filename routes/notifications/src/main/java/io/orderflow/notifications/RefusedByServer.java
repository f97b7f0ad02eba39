package io.orderflow.notifications;

import jakarta.mail.MessagingException;
import java.util.regex.Pattern;

/**
 * The mail server refuses us, not this mail. It says the command and the codes, and nothing of the server's words, also
 * not as its cause: many servers repeat the recipient's address, which neither a log nor the row that waits may keep.
 */
final class RefusedByServer extends MessagingException {

    private static final long serialVersionUID = 1L;

    private static final Pattern ENHANCED =
            Pattern.compile("\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})\\b.*", Pattern.DOTALL);

    /**
     * @param command with its arguments
     * @param said the reply, which begins with its code
     */
    RefusedByServer(String command, int code, String said) {
        super("mail server: " + command.split("[ :]")[0] + ": " + code + enhanced(said));
    }

    private static String enhanced(String said) {
        var matcher = ENHANCED.matcher(said);
        return matcher.matches() ? " " + matcher.group(1) : "";
    }
}
