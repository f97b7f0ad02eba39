package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com",
        "Ada.L+x@Example.COM, Ada.L+x@Example.COM",
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "ada@BÜCHER.Example, ada@xn--bcher-kva.Example",
        "ada@bu\u0308cher.example, ada@xn--bcher-kva.example",
        "ada@例え.テスト, ada@xn--r8jz45g.xn--zckzah",
        "ada@xn--bcher-kva.example, ada@xn--bcher-kva.example",
        "ada@xn--fa-hia.example, ada@xn--fa-hia.example"
    })
    void aDomainIsSentInAscii(String given, String ascii) {
        assertThat(EmailAddress.inAscii(given)).contains(ascii);
    }

    /** Some letters that the JDK drops or writes as others: the mail would go to another domain. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zoë@example.com",
                "ada@faß.example",
                "ada@\u200bexample.com",
                "ada@exa\u00admple.com",
                "ada@example\u3002com",
                "ada@\uff45xample.com",
                "ada@bücher..example",
                "ada@-bücher.example",
                "ada@bücher_x.example",
                "ada@bücher example.com",
                "ada@bücher.example\r\nRCPT TO:<eve@example.com>",
                "ada@eve@bücher.example",
                "ada@bücher",
                "ada@\ud83d",
                "@bücher.example",
                "bücher.example",
                ""
            })
    void whatIsNoneOrNotSurelyTheOneThatIsMeantIsRefused(String given) {
        assertThat(EmailAddress.inAscii(given)).isEmpty();
    }

    /** In ASCII a domain is longer. */
    @ParameterizedTest
    @CsvSource({"ü, 40, true", "ü, 60, false", "ü, 130, false"})
    void whatIsTooLongInAsciiIsRefused(String letter, int times, boolean accepted) {
        assertThat(EmailAddress.inAscii("ada@" + letter.repeat(times) + ".example"))
                .matches(address -> address.isPresent() == accepted);
    }
}
