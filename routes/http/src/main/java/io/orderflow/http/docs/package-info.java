/**
 * The OpenAPI documents, one for each port, the AsyncAPI document, and a page to read each: for everybody, and from the
 * class path alone. The documents are the application's, {@code openapi.json}, {@code openapi-ops.json} and
 * {@code asyncapi.json} in the root of its class path; the schemas of events are whatever is in its {@code schemas}.
 * Public is {@link io.orderflow.http.docs.DocsModule}, for the assembly.
 */
package io.orderflow.http.docs;
