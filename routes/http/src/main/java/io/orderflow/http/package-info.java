/**
 * The HTTP edge: what every REST route of every service has around it. It lets in only what is understood (size,
 * encoding, media type, path, known headers), gives routes the body's bytes and an explicit way to the rest of the
 * request, and turns every refusal and failure into an RFC 9457 problem. Who calls, idempotency keys, strict JSON and
 * paging are here because all services must mean the same by them.
 */
package io.orderflow.http;
