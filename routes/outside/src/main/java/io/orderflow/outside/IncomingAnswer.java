package io.orderflow.outside;

/**
 * What came back of a call, not yet understood. It is input from outside and may be anything.
 *
 * @param status the status, of whatever class; a redirect was not followed
 * @param contentType as the company says it, or null
 * @param body the whole of it, or null; at most {@link #MOST_BYTES}
 */
public record IncomingAnswer(int status, String contentType, byte[] body) {

    /** An answer that is longer is cut, and is none. */
    public static final int MOST_BYTES = 16 * 1024;
}
