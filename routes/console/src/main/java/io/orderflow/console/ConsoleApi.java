package io.orderflow.console;

import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static io.orderflow.http.CallerRole.OPERATOR_RELEASE;
import static org.apache.camel.model.rest.RestParamType.query;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.http.Answer;
import io.orderflow.http.Problem;
import io.orderflow.http.Reason;
import io.orderflow.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Stories over REST, on the operators' port: search them, read one, have all of them told anew. */
final class ConsoleApi extends RouteBuilder {

    private final ConsoleChannels channels;
    private final StoryDesk desk;

    ConsoleApi(ConsoleChannels channels, StoryDesk desk) {
        this.channels = channels;
        this.desk = desk;
    }

    @Override
    public void configure() {
        rest("/ops/orders")
            .get().security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .param().name("order").type(query).endParam()
                .param().name("event").type(query).endParam()
                .param().name("trace").type(query).endParam()
                .param().name("state").type(query).endParam()
                .param().name("waits_for").type(query).endParam()
                .param().name("min_age").type(query).endParam()
                .param().name("max_age").type(query).endParam()
                .param().name("stuck").type(query).endParam()
                .to("direct:console.list-stories")
            .get("/{id}/story").security(OPERATOR_READ).to("direct:console.show-story")
            .get("/rebuilds").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:console.list-rebuilds")
            .post("/rebuilds").security(OPERATOR_RELEASE).to("direct:console.take-rebuild");
        listStories();
        showStory();
        listRebuilds();
        takeRebuild();
    }

    private void listStories() {
        from("direct:console.list-stories").routeId("console.list-stories")
            .setBody(desk::stories);
    }

    private void showStory() {
        from("direct:console.show-story").routeId("console.show-story")
            .setBody(desk::story);
    }

    private void listRebuilds() {
        from("direct:console.list-rebuilds").routeId("console.list-rebuilds")
            .setBody(desk::rebuilds);
    }

    private void takeRebuild() {
        from("direct:console.take-rebuild").routeId("console.take-rebuild")
            .setBody(ConsoleApi::asked)
            .to(channels.rebuildRequests())                             // RereadTopics, after the commit
            .transform().body(RereadTopics.class, this::taken);
    }

    private static RebuildAsked asked(Exchange exchange) {
        return new RebuildAsked(Reason.attachTo(exchange), UuidCreator.getTimeOrderedEpoch());
    }

    private Answer taken(RereadTopics work) {
        if (work == null) {
            throw new Refusal(Problem.conflict("rebuild: one is under way (expected: it has ended)"));
        }
        return Answer.accepted(desk.rebuild(work));
    }
}
