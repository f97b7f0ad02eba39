/** The generator of the OpenAPI document: from the running app's routes, and the parts that lie beside its Apis. */
package io.orderflow.e2e.openapi.generator;
