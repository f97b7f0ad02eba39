package io.orderflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Ada Lovelace",
                "  a  ",
                "O'Brien-Ångström",
                "李",
                "\uac00",
                "א\u200fב",
                "\u0645\u062d\u0645\u062f",
                "\ud83d\ude00",
                "a\u200bb",
                "\u3164a",
                "7",
                "?",
                "€"
            })
    void whatOneCanSeeIsText(String text) {
        assertThat(OneLine.is(text, 20)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00a0",
                "\u3000",
                "\u200b",
                "\u200e",
                "\u2060",
                "\ufeff",
                "\u00ad",
                "\u034f",
                "\u0301",
                "\ufe0f",
                "\u115f",
                "\u1160",
                "\u3164",
                "\uffa0",
                "\u2800",
                "\u17b4",
                "\udb40\udc41",
                "\ue000",
                "\u0378",
                "\u00a0\u200b\u3164 \ufeff"
            })
    void whatShowsNothingIsNone(String text) {
        assertThat(OneLine.is(text, 20)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\r", "\n",
                "\u0000", "\u001b", "\u0085", "\u2028", "\u2029"
            })
    void whatTurnsOrBreaksALineIsNone(String character) {
        assertThat(OneLine.is("a" + character + "b", 20)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\ud83d\ude00", "\u0958"})
    void lengthIsInCharactersAsTheyWereSent(String one) {
        assertThat(OneLine.is(one.repeat(20), 20)).isTrue();
        assertThat(OneLine.is(one.repeat(21), 20)).isFalse();
    }
}
