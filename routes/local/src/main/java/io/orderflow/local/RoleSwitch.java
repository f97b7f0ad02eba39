package io.orderflow.local;

import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;

/** Takes one service out of the running process and back in. */
final class RoleSwitch {

    private final Layout layout;

    RoleSwitch(Layout layout) {
        this.layout = layout;
    }

    void set(String role, boolean running) throws IOException, InterruptedException {
        if (!role.matches("[a-z]+")) {
            throw unknown(role);
        }
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(layout.management("/observe/roles/" + role)))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"running\": " + running + "}"))
                    .build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            switch (response.statusCode()) {
                case 200 ->
                    System.out.println(role.toUpperCase(Locale.ROOT).charAt(0)
                            + role.substring(1)
                            + (running ? " goes on where it stopped." : " is stopped; the others go on."));
                case 204, 404 -> throw unknown(role);
                default ->
                    throw new Refused("the services answer " + response.statusCode() + ", see " + layout.log("app"));
            }
        } catch (ConnectException e) {
            throw new Refused("nothing runs here (expected: make run in another window)");
        }
    }

    private static Refused unknown(String role) {
        return new Refused("ROLE: " + role + " (expected: one of " + Topology.ORDERFLOW.drawn() + ")");
    }
}
