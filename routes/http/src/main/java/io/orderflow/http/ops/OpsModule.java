package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.OwnPort;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.KeptOfOrder;
import io.orderflow.messaging.Lags;
import io.orderflow.messaging.ParkedSearch;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Releases;
import io.orderflow.messaging.Unsendable;
import io.orderflow.messaging.assembly.Roles;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators see and do, for every service of the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpsSettings.class)
public class OpsModule {

    @Bean
    JdbcAudit audit(JdbcTemplate jdbc, ObjectProvider<Roles> roles) {
        return new JdbcAudit(jdbc, () -> roles.getObject().here());
    }

    @Bean
    AuditApi auditApi(JdbcAudit audit) {
        return new AuditApi(new AuditDesk(audit));
    }

    @Bean
    ParkedApi parkedApi(ParkedSearch search, JdbcAudit audit, Releases releases) {
        return new ParkedApi(new ParkedDesk(search, audit, releases));
    }

    @Bean
    ReleasesApi releasesApi(Releases releases, Parking parking, JdbcAudit audit, ObjectProvider<Roles> roles) {
        return new ReleasesApi(new ReleasesDesk(
                releases, parking, audit, () -> roles.getObject().here()));
    }

    @Bean
    LagApi lagApi(Lags lags, Backlogs backlogs, ObjectProvider<Roles> roles) {
        return new LagApi(new LagDesk(lags, backlogs, () -> roles.getObject().here()));
    }

    @Bean
    KeptApi keptApi(JdbcTemplate jdbc, ObjectProvider<KeptOfOrder> all, ObjectProvider<Roles> roles) {
        return new KeptApi(new KeptDesk(
                jdbc, all.orderedStream().toList(), () -> roles.getObject().here()));
    }

    @Bean
    OpsApi opsApi(Parking parking, Unsendable unsendable, JdbcAudit audit) {
        return new OpsApi(new OpsDesk(parking, audit), new RefusedDesk(unsendable, audit));
    }

    @Bean
    OwnPort ownPort(OpsPort port, ObjectProvider<Roles> roles) {
        return new OwnPort() {
            @Override
            public URI address() {
                return port.address();
            }

            @Override
            public List<Role> roles() {
                return roles.getObject().here();
            }
        };
    }

    @Bean
    OpsPort opsPort(OpsSettings settings) {
        return new OpsPort(settings.port());
    }
}
