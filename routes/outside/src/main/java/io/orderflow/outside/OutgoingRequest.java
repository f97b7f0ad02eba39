package io.orderflow.outside;

/**
 * A call as the company wants it written.
 *
 * @param method {@code PUT}
 * @param path what comes behind the address of the settings, {@code /parcels/parcel-1}. It is made of what others say,
 *     so it has no more than segments of letters, digits and {@code . _ ~ -}: none steers the call elsewhere
 * @param type the content type of the body, and the one that the answer is asked for in
 * @param body null for none
 */
public record OutgoingRequest(String method, String path, String type, byte[] body) {

    private static final String PATH = "(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+";

    /** Refuses a path that could lead elsewhere. */
    public OutgoingRequest {
        if (!path.matches(PATH)) {
            throw new IllegalArgumentException("path: not sent (expected: /segments of letters, digits and . _ ~ -)");
        }
    }
}
