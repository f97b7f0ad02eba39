package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Shop;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;

/** The declaration of channels says what the running app does. */
class DeclarationTest {

    private final Shop shop = Shop.withEveryRole();
    private final CamelContext camel = shop.instance().get(CamelContext.class);

    @Test
    void whoIsDeclaredToReadConsumesAndNobodyElseDoes() {
        var group = Pattern.compile("kafka://([^?]+)\\?.*groupId=([^&]+).*");

        assertThat(camel.getRoutes().stream()
                        .map(Route::getEndpoint)
                        .map(Endpoint::getEndpointUri)
                        .filter(uri -> uri.startsWith("kafka:"))
                        .map(group::matcher)
                        .peek(uri -> assertThat(uri.matches()).isTrue())
                        .map(uri -> declared(uri.group(2)) + " reads " + declared(uri.group(1)))
                        .sorted())
                .containsExactlyElementsOf(
                        all(channel -> channel.readers().keySet().stream().map(role -> role + " reads " + channel)));
    }

    @Test
    void whoIsDeclaredToWriteHasAnOutboxAndNobodyElseHas() {
        var outbox = Pattern.compile("outbox:(?://)?(\\w+)\\.(\\w+)");

        assertThat(camel.getEndpoints().stream()
                        .map(Endpoint::getEndpointUri)
                        .map(outbox::matcher)
                        .filter(Matcher::matches)
                        .map(uri -> uri.group(1) + " writes " + uri.group(2))
                        .distinct()
                        .sorted())
                .as("apart from dead_letters, which the backbone writes by itself")
                .containsExactlyElementsOf(all(channel -> channel.topic().equals(Topology.DEAD_LETTERS.topic())
                        ? Stream.of()
                        : channel.writers().stream().map(role -> role + " writes " + channel)));
    }

    @Test
    void everyFlowOfAChannelHasItsAdapter() {
        assertThat(camel.getRoutes().stream()
                        .map(Route::getRouteId)
                        .filter(id -> id.endsWith(".adapter"))
                        .map(id -> id.replace(".adapter", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(Topology.ORDERFLOW.channels().stream()
                        .flatMap(channel -> channel.readers().keySet().stream()
                                .map(role -> role + "." + channel.topic().replace('_', '-')))
                        .collect(Collectors.toSet()));
    }

    private String declared(String name) {
        return name.substring(shop.site().prefix().length());
    }

    private static Set<String> all(Function<Channel, Stream<String>> sentences) {
        return Topology.ORDERFLOW.channels().stream().flatMap(sentences).collect(Collectors.toCollection(TreeSet::new));
    }
}
