package io.orderflow.http.assembly;

import io.orderflow.http.docs.DocsModule;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link HttpModule} with the description of its REST interface, for an application that has {@code openapi.json}
 * and {@code openapi-ops.json} in the root of its class path.
 */
@Configuration(proxyBeanMethods = false)
@Import({HttpModule.class, DocsModule.class})
public class DocumentedHttpModule {}
