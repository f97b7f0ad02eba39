package io.orderflow.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orderflow.console.figures.RoleFigures;
import io.orderflow.console.roles.RoleAddresses;
import io.orderflow.console.roles.RoleClient;
import io.orderflow.contracts.Topology;
import io.orderflow.http.OwnPort;
import io.orderflow.http.StaticFiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators look on at, as a part of console. */
@Configuration(proxyBeanMethods = false)
class ConsoleWatchModule {

    private static final String PAGE = "classpath*:io/orderflow/console/page/*";

    @Bean
    RoleFigures roleFigures(
            ConsoleSettings settings,
            RoleAddresses addresses,
            OwnPort own,
            ObjectProvider<PrometheusMeterRegistry> registry,
            RoleClient client) {
        return new RoleFigures(
                addresses.declared(),
                settings.figures(),
                role -> own.roles().contains(role),
                registry.getIfAvailable(),
                client);
    }

    @Bean
    WatchApi watchApi(
            ConsoleSettings settings,
            JdbcTemplate jdbc,
            RoleFigures figures,
            RoleAddresses addresses,
            RoleClient client,
            Topology topology) {
        var search = new StorySearch(jdbc);
        var overviews = new Overviews(new StoryFigures(jdbc), figures, addresses, settings.stuckAfter());
        var drawing = new FlowDrawing(topology, figures);
        return new WatchApi(
                new StaticFiles(StaticFiles.found(PAGE)),
                new WatchDesk(overviews, drawing, search, figures, settings.stuckAfter()),
                new LiveDesk(search, addresses, client));
    }
}
