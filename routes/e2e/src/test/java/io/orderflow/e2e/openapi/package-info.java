/** The OpenAPI document: rendered from the running app, and held against what the app answers. */
package io.orderflow.e2e.openapi;
