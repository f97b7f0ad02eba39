package io.orderflow.console.roles;

/**
 * What a role answered.
 *
 * @param mediaType without its parameters; empty for none
 * @param body nobody changes it
 */
public record RoleReply(int status, String mediaType, byte[] body) {

    public boolean isGood() {
        return status / 100 == 2;
    }
}
