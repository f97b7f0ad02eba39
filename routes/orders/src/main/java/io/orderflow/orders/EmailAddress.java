package io.orderflow.orders;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address as mail servers everywhere take it: ASCII, with the domain {@code bücher.example} as
 * {@code xn--bcher-kva.example}.
 */
final class EmailAddress {

    static final int MAX_CHARACTERS = 254;

    static final int MAX_LOCAL_PART_CHARACTERS = 64;

    private static final String LOCAL_PART = "[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+)*";

    private static final String ASCII = "A-Za-z0-9";
    private static final String LETTERS = ASCII + "\\u00a1-\\uffff";

    /** As far as a pattern can tell, for the documentation. */
    static final Pattern GIVEN = addresses(LETTERS);

    private static final Pattern FORM = addresses(ASCII);

    private EmailAddress() {}

    /**
     * Two dot-atoms of RFC 5321 around one at sign, without the percent sign, in which some would see an encoded line
     * break or a route.
     */
    private static Pattern addresses(String letters) {
        var label = "[" + letters + "]([" + letters + "-]{0,61}[" + letters + "])?";
        return Pattern.compile(LOCAL_PART + "@(" + label + "\\.)+" + label);
    }

    /** Whether it has the form of one address; its domain need not have one in ASCII. */
    static boolean isWellFormed(String given) {
        return given.length() <= MAX_CHARACTERS
                && given.indexOf('@') <= MAX_LOCAL_PART_CHARACTERS
                && GIVEN.matcher(given).matches();
    }

    /**
     * @return the address in ASCII; empty if what is given is none, or has a domain that is not surely the one that was
     *     meant
     */
    static Optional<String> inAscii(String given) {
        if (!isWellFormed(given)) {
            return Optional.empty();
        }
        int at = given.indexOf('@');
        return domainInAscii(given.substring(at + 1))
                .map(domain -> given.substring(0, at + 1) + domain)
                .filter(address -> address.length() <= MAX_CHARACTERS
                        && FORM.matcher(address).matches());
    }

    /**
     * The JDK's rules (IDNA 2003) write some letters as others: {@code faß.de} as {@code fass.de}, which is somebody
     * else's by the rules of today. A domain that does not come back as it was given is none.
     */
    private static Optional<String> domainInAscii(String given) {
        if (given.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(given);
        }
        try {
            var ascii = IDN.toASCII(given, IDN.USE_STD3_ASCII_RULES);
            return Optional.of(ascii).filter(one -> lower(IDN.toUnicode(one)).equals(lower(given)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String lower(String domain) {
        return Normalizer.normalize(domain.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }
}
