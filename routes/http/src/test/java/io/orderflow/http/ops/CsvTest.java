package io.orderflow.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void writesRowsAsReadersOfCsvTakeThem() {
        assertThat(csv("plain", "a,b", "say \"no\"", "two\r\nlines", "", null))
                .isEqualTo("a,b\r\nplain,\"a,b\",\"say \"\"no\"\"\",\"two\r\nlines\",,\r\n");
    }

    /** What was written by a stranger is not calculated where it is read. */
    @Test
    void disarmsFormulas() {
        assertThat(csv("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "a=1"))
                .isEqualTo("a,b\r\n'=1+1,'+1,'-1,'@x,'\t=1,\"'\r=1\",a=1\r\n");
    }

    private static String csv(Object... row) {
        Stream<List<?>> rows = Stream.of(Arrays.asList(row));
        return new String(Csv.of(List.of("a", "b"), rows), StandardCharsets.UTF_8);
    }
}
