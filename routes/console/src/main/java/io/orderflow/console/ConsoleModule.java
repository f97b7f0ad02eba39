package io.orderflow.console;

import static io.orderflow.contracts.Role.CONSOLE;

import io.orderflow.console.roles.RolesModule;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.http.Audit;
import io.orderflow.messaging.Limits;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Rereading;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.ServiceModule;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/** Console as a part of an application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleSettings.class)
@Import({RolesModule.class, ConsoleWatchModule.class})
public class ConsoleModule implements ServiceModule {

    @Override
    public Role role() {
        return CONSOLE;
    }

    /** It costs every event one more reader, and not everybody looks. */
    @Override
    public boolean onlyByName() {
        return true;
    }

    /** Where console runs, its declaration is the process's. */
    @Bean
    @Primary
    Topology topologyWithConsole() {
        return Topology.WITH_CONSOLE;
    }

    @Bean
    RolesModule.Given whereRolesAre(ConsoleSettings settings) {
        return new RolesModule.Given(settings.roles());
    }

    @Bean
    Participant console(Stories stories) {
        return new Participant(this, stories);
    }

    @Bean
    Stories stories(JdbcTemplate jdbc) {
        return new Stories(new JdbcStoryRows(jdbc));
    }

    @Bean
    Rebuilds rebuilds(JdbcTemplate jdbc, Rereading rereading, Audit audit) {
        return new Rebuilds(jdbc, rereading, audit);
    }

    @Bean
    ConsoleRoutes consoleRoutes(Stories stories, Rebuilds rebuilds) {
        return new ConsoleRoutes(ConsoleChannels.declared(), stories, rebuilds);
    }

    @Bean
    ConsoleApi consoleApi(JdbcTemplate jdbc, Rebuilds rebuilds) {
        return new ConsoleApi(ConsoleChannels.declared(), new StoryDesk(new StorySearch(jdbc), rebuilds));
    }

    @Bean
    Retention oldStories(ConsoleSettings settings, Limits limits) {
        return new Retention(
                CONSOLE,
                "stories",
                limits.outlivingInbox("orderflow.console.retention", settings.retention()),
                JdbcStoryRows.FORGET_STORIES);
    }

    @Bean
    Retention endedRebuilds(ConsoleSettings settings) {
        return new Retention(CONSOLE, "rebuilds", settings.retention(), Rebuilds.FORGET_REBUILDS);
    }
}
