package io.orderflow.e2e.lint;

/**
 * What a linter says of a document: which rule is not kept where.
 *
 * @param document the name of its file
 * @param place members and indexes from the document's top, with slashes between them
 */
record Finding(String document, String rule, String place, String message) {}
