package io.orderflow.http.ops;

import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static io.orderflow.http.CallerRole.OPERATOR_RELEASE;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.http.ops.ReleasesDesk.Making;
import io.orderflow.http.ops.ReleasesDesk.Stepping;
import org.apache.camel.builder.RouteBuilder;

/** Releases of many parked events over REST: made, watched and steered. */
final class ReleasesApi extends RouteBuilder {

    private final ReleasesDesk desk;

    ReleasesApi(ReleasesDesk desk) {
        this.desk = desk;
    }

    @Override
    public void configure() {
        rest("/ops/releases")
            .post().security(OPERATOR_RELEASE)
                .param().name("service").type(query).endParam()
                .param().name("action").type(query).endParam()
                .param().name("dry_run").type(query).endParam()
                .param().name("ids").type(query).endParam()
                .param().name("order").type(query).endParam()
                .param().name("key").type(query).endParam()
                .param().name("topic").type(query).endParam()
                .param().name("type").type(query).endParam()
                .param().name("reason").type(query).endParam()
                .param().name("error_class").type(query).endParam()
                .param().name("group").type(query).endParam()
                .param().name("min_age").type(query).endParam()
                .param().name("max_age").type(query).endParam()
                .param().name("before").type(query).endParam()
                .param().name("count").type(query).endParam()
                .param().name("followers").type(query).endParam()
                .param().name("first").type(query).endParam()
                .param().name("per_minute").type(query).endParam()
                .to("direct:ops.make-release")
            .get().security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:ops.list-releases")
            .get("/{id}").security(OPERATOR_READ).to("direct:ops.show-release")
            .get("/{id}/events").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .param().name("result").type(query).endParam()
                .to("direct:ops.list-released")
            .post("/{id}/pause").security(OPERATOR_RELEASE).to("direct:ops.pause-release")
            .post("/{id}/resume").security(OPERATOR_RELEASE).to("direct:ops.resume-release")
            .post("/{id}/stop").security(OPERATOR_RELEASE).to("direct:ops.stop-release");
        routes();
    }

    private void routes() {
        makeRelease();
        listReleases();
        showRelease();
        listReleased();
        pauseRelease();
        resumeRelease();
        stopRelease();
    }

    private void makeRelease() {
        from("direct:ops.make-release").routeId("ops.make-release")
            .setBody(desk::making)
            .transform().body(Making.class, desk::make);
    }

    private void listReleases() {
        from("direct:ops.list-releases").routeId("ops.list-releases")
            .setBody(desk::releases);
    }

    private void showRelease() {
        from("direct:ops.show-release").routeId("ops.show-release")
            .setBody(desk::release);
    }

    private void listReleased() {
        from("direct:ops.list-released").routeId("ops.list-released")
            .setBody(desk::events);
    }

    private void pauseRelease() {
        from("direct:ops.pause-release").routeId("ops.pause-release")
            .setBody(desk::stepping)
            .transform().body(Stepping.class, desk::pause);
    }

    private void resumeRelease() {
        from("direct:ops.resume-release").routeId("ops.resume-release")
            .setBody(desk::stepping)
            .transform().body(Stepping.class, desk::resume);
    }

    private void stopRelease() {
        from("direct:ops.stop-release").routeId("ops.stop-release")
            .setBody(desk::stepping)
            .transform().body(Stepping.class, desk::stop);
    }
}
