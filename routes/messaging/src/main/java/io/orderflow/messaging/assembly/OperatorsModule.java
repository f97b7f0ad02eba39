package io.orderflow.messaging.assembly;

import io.orderflow.messaging.Leases;
import io.orderflow.messaging.ParkedSearch;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Releases;
import io.orderflow.messaging.Rereading;
import io.orderflow.messaging.Standing;
import io.orderflow.messaging.Unsendable;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.flow.UnsendableEvents;
import io.orderflow.messaging.inbound.PacedReleases;
import io.orderflow.messaging.inbound.ParkedEvents;
import io.orderflow.messaging.inbound.ParkedSearches;
import io.orderflow.messaging.inbound.Receivers;
import io.orderflow.messaging.inbound.Releaser;
import io.orderflow.messaging.inbound.WholeTopics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators do with events that went wrong: those that could not be handled, and those that nobody takes. */
@Configuration(proxyBeanMethods = false)
class OperatorsModule {

    @Bean
    Parking parking(Backbones backbones, Receivers receivers, MessagingSettings settings) {
        return new ParkedEvents(backbones, receivers, settings.releaseWindow());
    }

    @Bean
    ParkedSearch parkedSearch(Backbones backbones, Receivers receivers, JdbcTemplate jdbc) {
        return new ParkedSearches(backbones, receivers, jdbc);
    }

    @Bean
    Rereading rereading(Receivers receivers, MessagingSettings settings) {
        return new WholeTopics(
                receivers, settings.cluster(), settings.handling().patience());
    }

    @Bean
    Releases releases(Backbones backbones, ObjectProvider<Standing> standings, MessagingSettings settings) {
        return new PacedReleases(backbones, standings, settings.releaseWindow());
    }

    @Bean
    Releasers releasers(Backbones backbones, Parking parking, Leases leases) {
        return new Releasers(backbones.all().stream()
                .map(backbone -> new Releaser(backbone, parking, leases))
                .toList());
    }

    @Bean
    Unsendable unsendable(Backbones backbones) {
        return new UnsendableEvents(backbones);
    }
}
