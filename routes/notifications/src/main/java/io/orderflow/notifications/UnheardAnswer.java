package io.orderflow.notifications;

import jakarta.mail.MessagingException;

/** The mail server has a whole mail, with its last dot, and nobody heard whether it took it. */
final class UnheardAnswer extends MessagingException {

    private static final long serialVersionUID = 1L;

    UnheardAnswer(Exception because) {
        super("mail server: no answer to the last dot", because);
    }
}
