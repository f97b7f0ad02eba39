package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Chart and image have the version of the build. */
class ChartFileTest {

    @Test
    void bothVersionsAreThePoms() {
        assertThat(ChartFile.versioned(
                        "name: orderflow\nversion: 0.1.0\nappVersion: 0.1.0-SNAPSHOT\n    version: 1.2.0\n",
                        "<parent>\n  <version>0.2.0</version>\n</parent>\n<version>9</version>"))
                .isEqualTo("name: orderflow\nversion: 0.2.0\nappVersion: 0.2.0\n    version: 1.2.0\n");
    }
}
