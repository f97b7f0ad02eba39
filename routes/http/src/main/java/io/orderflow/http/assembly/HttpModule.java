package io.orderflow.http.assembly;

import io.orderflow.http.edge.EdgeModule;
import io.orderflow.http.identity.IdentityModule;
import io.orderflow.http.ops.OpsModule;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * HTTP as a part of every process: the edge, the callers' identity, and the operators' port. A process whose services
 * speak no REST has it, too: it answers 404, and operators end its parked events.
 */
@Configuration(proxyBeanMethods = false)
@Import({EdgeModule.class, IdentityModule.class, OpsModule.class})
public class HttpModule {}
