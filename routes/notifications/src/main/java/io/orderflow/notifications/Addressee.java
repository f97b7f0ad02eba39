package io.orderflow.notifications;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** To whom a mail goes, with the name as it was written. The mail library lets a name pass that looks encoded. */
final class Addressee extends InternetAddress {

    private static final long serialVersionUID = 1L;

    /** @throws AddressException if the address is none */
    Addressee(String address, String name) throws AddressException {
        super(address, true);
        personal = name;
        encodedPersonal = HeaderText.of(name);
    }
}
