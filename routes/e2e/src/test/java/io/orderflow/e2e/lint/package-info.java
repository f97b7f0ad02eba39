/** The documents that the app serves, as the linters see them that others hold such documents against. */
package io.orderflow.e2e.lint;
