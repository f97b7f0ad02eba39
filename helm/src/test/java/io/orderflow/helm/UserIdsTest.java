package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.helm.Manifests.Manifest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the platform gives out the ids of users and groups, as OpenShift does, no pod names any. */
class UserIdsTest {

    private static final List<String> IDS = List.of("runAsUser", "runAsGroup", "fsGroup", "supplementalGroups");

    @ParameterizedTest
    @EnumSource
    void noPodNamesAnyAndAllElseOfItsSecurityStays(Installation installation) {
        var manifests = installation.with("{pods: {platformUserIds: true}}");
        assertThat(manifests.all())
                .allSatisfy(one -> IDS.forEach(id -> assertThat(one.content().findValue(id))
                        .as("%s: %s", one, id)
                        .isNull()));
        assertThat(installation.manifests().all()).anyMatch(one -> one.content().findValue("runAsUser") != null);
        assertThat(RestrictedTest.mistakes(manifests))
                .isNotEmpty()
                .allMatch(mistake -> mistake.endsWith(": runAsUser"));
        assertThat(Rules.mistakes(manifests)).isEmpty();
        assertThat(manifests.of("Kafka")).allSatisfy(kafka -> assertRoot(kafka, "/spec/entityOperator/template"));
        assertThat(manifests.of("KafkaNodePool")).allSatisfy(pool -> assertRoot(pool, "/spec/template"));
    }

    private static void assertRoot(Manifest one, String template) {
        assertThat(one.at(template + "/pod/securityContext/runAsNonRoot").asBoolean())
                .isTrue();
    }
}
