package io.orderflow.http;

/**
 * The body of an {@link Answer} that is not one of our JSON documents: a page, or a part of one.
 *
 * @param mediaType as its {@code Content-Type}
 * @param policy what a browser lets it do, its {@code Content-Security-Policy}
 * @param bytes as they are sent; nobody changes them
 */
public record Content(String mediaType, String policy, byte[] bytes) {}
