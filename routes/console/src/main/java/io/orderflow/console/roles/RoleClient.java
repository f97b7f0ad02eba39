package io.orderflow.console.roles;

import io.orderflow.contracts.Role;
import io.orderflow.http.Handover;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks roles, each call once and for so long: no redirect is followed, no proxy is asked, an answer has at most so many
 * bytes, and what the operator has shown goes to the role and to nobody else. A call that changes something has a
 * connection of its own, for one that is kept may be gone when it is sent, and nobody could say whether it was heard.
 */
public final class RoleClient implements AutoCloseable {

    /** Larger than any page of a list, and than the largest record that is taken along. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final HttpClient reading = client();

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT)
                .build();
    }

    /**
     * Asks for a path of a role's port, with what the request hands over.
     *
     * @param path with its query
     * @throws RoleAway if it does not answer in time
     */
    public RoleReply ask(Role role, URI port, String path, Handover handover, Duration patience) {
        var request = HttpRequest.newBuilder(port.resolve(path)).timeout(patience);
        if (handover.credentials() != null) {
            request.header(Handover.CREDENTIALS, handover.credentials());
        }
        if (handover.method().equals("GET")) {
            return send(reading, role, request.GET().build(), patience);
        }
        if (handover.body().length > 0) {
            request.header("Content-Type", "application/json");
        }
        request.method(handover.method(), BodyPublishers.ofByteArray(handover.body()));
        var own = client();
        try {
            return send(own, role, request.build(), patience);
        } finally {
            own.shutdownNow();
        }
    }

    /** Reads what a role tells everybody. */
    public RoleReply read(Role role, URI address, Duration patience) {
        return send(
                reading, role, HttpRequest.newBuilder(address).timeout(patience).build(), patience);
    }

    private static RoleReply send(HttpClient client, Role role, HttpRequest request, Duration patience) {
        var answer = client.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        try {
            return reply(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new RoleAway(role, "no answer within " + patience.toSeconds() + " s", true);
        } catch (ExecutionException e) {
            throw away(role, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RoleAway(role, "nobody waits for its answer any more", true);
        } finally {
            answer.cancel(true);
        }
    }

    private static RoleReply reply(HttpResponse<byte[]> answer) {
        var mediaType = answer.headers()
                .firstValue("Content-Type")
                .orElse("")
                .split(";")[0]
                .strip();
        return new RoleReply(answer.statusCode(), mediaType, answer.body());
    }

    private static RoleAway away(Role role, Throwable failure) {
        if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
            return new RoleAway(role, "away (expected: its operators' port answers)", false);
        }
        if (failure instanceof IOException) {
            return new RoleAway(role, "no whole answer (expected: at most " + MOST_BYTES + " bytes, in time)", true);
        }
        throw new IllegalStateException(failure);
    }

    @Override
    public void close() {
        reading.shutdownNow();
    }
}
