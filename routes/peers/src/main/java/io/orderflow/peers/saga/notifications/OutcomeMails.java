package io.orderflow.peers.saga.notifications;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The mails. */
interface OutcomeMails extends JpaRepository<OutcomeMail, UUID> {}
