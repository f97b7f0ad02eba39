/**
 * The OpenAPI documents, one for each port, and a page to read each: for everybody, and from the class path alone. The
 * documents are the application's, {@code openapi.json} and {@code openapi-ops.json} in the root of its class path.
 * Public is {@link io.orderflow.http.docs.DocsModule}, for the assembly.
 */
package io.orderflow.http.docs;
