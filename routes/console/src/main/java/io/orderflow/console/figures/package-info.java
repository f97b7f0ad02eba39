/**
 * The figures that the roles publish anyway, as console reads them: from this process's own registry for roles that run
 * here, and from where the settings say for all others. Nobody is asked while nobody looks.
 */
package io.orderflow.console.figures;
