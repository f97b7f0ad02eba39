/** Classes that break the rules on purpose: each rule is seen to find its own. */
package io.orderflow.e2e.planted;
