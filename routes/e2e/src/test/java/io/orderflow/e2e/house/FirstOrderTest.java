package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.RestAnswer;
import io.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the chart's README says of the first order in an empty shop: its own requests, to a confirmed order. */
class FirstOrderTest {

    private static final Path README = Path.of("../../helm/orderflow/README.md");
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(curl .*?)```", Pattern.DOTALL);
    private static final Pattern URL = Pattern.compile("http://localhost:808[02]([^ ']*)");

    private final Shop shop = Shop.withEveryRole();

    @Test
    void anEmptyShopGetsAnArticleAndSellsIt() throws IOException {
        var sku = "FIRST-" + UUID.randomUUID().toString().substring(0, 8);
        var client = new Client(shop.instance().address(), "X-Customer-Id", sku);
        List<RestAnswer> answers = new ArrayList<>();

        for (var command : commands()) {
            answers.add(send(client, command.replace("mug", sku).replace("Key: first", "Key: " + sku)));
        }

        assertThat(answers).extracting(RestAnswer::status).containsExactly(200, 200, 200, 202, 200);
        assertThat(answers.get(1).body().path("on_hand").asInt()).isZero();
        assertThat(answers.get(2).body().path("on_hand").asInt()).isEqualTo(50);
        var order = UUID.fromString(answers.get(3).text("id"));
        assertThat(answers.get(4).body().toString()).contains(order.toString());
        shop.eventually(order)
                .comesTrue(() -> assertThat(client.get("/orders/" + order).text("status"))
                        .isEqualTo("CONFIRMED"));
    }

    private static List<String> commands() throws IOException {
        var block = COMMANDS.matcher(Files.readString(README));
        assertThat(block.find()).as("commands in " + README).isTrue();
        return block.group(1).replace("\\\n", "").lines().toList();
    }

    /** Sends what the command line says, as curl does. */
    private static RestAnswer send(Client client, String command) {
        var url = URL.matcher(command);
        assertThat(url.find()).as(command).isTrue();
        var path = url.group(1);
        var body = option(command, "-d");
        if (command.contains("-X PUT")) {
            return client.put(path, body);
        }
        return body.isEmpty()
                ? client.get(path)
                : client.post(path, option(command, "-H 'Idempotency-Key:").strip(), body);
    }

    /** What stands behind an option, up to its quotation mark. */
    private static String option(String command, String name) {
        var option = Pattern.compile(Pattern.quote(name) + " '?([^']*)'").matcher(command);
        return option.find() ? option.group(1) : "";
    }
}
