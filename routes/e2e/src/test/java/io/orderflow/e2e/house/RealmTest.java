package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.http.CallerRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The realm that docs/examples gives to Keycloak has the roles that a token may name, and no others. */
class RealmTest {

    @Test
    void itsRolesAreThoseThatRoutesAskFor() throws IOException {
        var realm = new ObjectMapper()
                .readTree(Text.ROOT.resolve("docs/examples/keycloak-realm.json").toFile());
        List<String> roles = new ArrayList<>();
        realm.at("/roles/realm").forEach(role -> roles.add(role.path("name").asText()));
        assertThat(roles).containsExactlyInAnyOrderElementsOf(CallerRole.ALL);
    }
}
