/** Console's page in a real browser. */
package io.orderflow.console.browser;
