/**
 * The door of the HTTP module: the words in which a service speaks about requests and answers, the same in all of them.
 * A route asks {@link io.orderflow.http.Request}, {@link io.orderflow.http.Caller},
 * {@link io.orderflow.http.IdempotencyKey} and {@link io.orderflow.http.Paging} for what a request says, names with
 * {@link io.orderflow.http.CallerRole} who may call it, returns an {@link io.orderflow.http.Answer} or throws a
 * {@link io.orderflow.http.Refusal} with its {@link io.orderflow.http.Problem};
 * {@link io.orderflow.http.Idempotency} and {@link io.orderflow.http.Audit} keep what must outlive a request.
 *
 * <p>Services see this package and no other of the module. It knows none of the rooms behind it: {@code edge},
 * {@code identity}, {@code ops}, {@code docs}, and {@code assembly} on top, which an application imports.
 */
package io.orderflow.http;
