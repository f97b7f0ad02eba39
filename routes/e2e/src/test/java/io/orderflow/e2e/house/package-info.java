/** The rules of the house: boundaries, names and texts of the sources, and that the READMEs do what they say. */
package io.orderflow.e2e.house;
