/**
 * The OpenAPI document and a page to read it: for everybody, and from the class path alone. The document is the
 * application's, {@code openapi.json} in the root of its class path. Public is
 * {@link io.orderflow.http.docs.DocsModule}, for the assembly.
 */
package io.orderflow.http.docs;
