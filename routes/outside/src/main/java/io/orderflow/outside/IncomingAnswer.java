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

    /** The same of its head: how many headers there may be, behind the status or behind the last chunk. */
    static final int MOST_HEADERS = 100;

    /** And of each line of it, the status among them, and of the line before a chunk. */
    static final int MOST_BYTES_OF_A_LINE = 8 * 1024;

    /** How many empty lines may come before it. */
    static final int MOST_EMPTY_LINES = 4;
}
