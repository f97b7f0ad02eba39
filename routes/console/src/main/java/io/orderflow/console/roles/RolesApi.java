package io.orderflow.console.roles;

import static io.orderflow.http.CallerRole.OPERATOR_CANCEL;
import static io.orderflow.http.CallerRole.OPERATOR_ERASE;
import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static io.orderflow.http.CallerRole.OPERATOR_RELEASE;
import static io.orderflow.http.CallerRole.OPERATOR_STOCK;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.http.Request;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.rest.RestDefinition;

/** The roles' operators' ports, as a browser reaches them that speaks to console only. */
final class RolesApi extends RouteBuilder {

    private final RolesDesk desk;

    RolesApi(RolesDesk desk) {
        this.desk = desk;
    }

    @Override
    public void configure() {
        var roles = rest("/ops/console/roles/{role}");
        forWhoWorksHere(roles.get("/{list}")).to("direct:console.ask-list");
        forWhoWorksHere(roles.get("/{list}/{id}")).to("direct:console.ask-item");
        forWhoWorksHere(roles.get("/{list}/{id}/{part}")).to("direct:console.ask-part");
        forWhoWorksHere(roles.post("/{list}")).to("direct:console.pass-to-list");
        forWhoWorksHere(roles.post("/{list}/{id}/{part}")).to("direct:console.pass-to-part");
        askList();
        askItem();
        askPart();
        passToList();
        passToPart();
    }

    /** Whether one may do it says the role that is asked. */
    private static RestDefinition forWhoWorksHere(RestDefinition verb) {
        return verb.security(OPERATOR_READ).security(OPERATOR_RELEASE).security(OPERATOR_CANCEL)
                .security(OPERATOR_ERASE).security(OPERATOR_STOCK)
                .param().name(Request.WHOLE_QUERY).type(query).endParam();
    }

    private void askList() {
        from("direct:console.ask-list").routeId("console.ask-list")
            .setBody(desk::list);
    }

    private void askItem() {
        from("direct:console.ask-item").routeId("console.ask-item")
            .setBody(desk::item);
    }

    private void askPart() {
        from("direct:console.ask-part").routeId("console.ask-part")
            .setBody(desk::part);
    }

    private void passToList() {
        from("direct:console.pass-to-list").routeId("console.pass-to-list")
            .setBody(desk::list);
    }

    private void passToPart() {
        from("direct:console.pass-to-part").routeId("console.pass-to-part")
            .setBody(desk::part);
    }
}
