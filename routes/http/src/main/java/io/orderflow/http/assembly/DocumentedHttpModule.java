package io.orderflow.http.assembly;

import io.orderflow.http.docs.DocsModule;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link HttpModule} with the description of its interface, for an application that has {@code openapi.json},
 * {@code openapi-ops.json} and {@code asyncapi.json} in the root of its class path.
 */
@Configuration(proxyBeanMethods = false)
@Import({HttpModule.class, DocsModule.class})
public class DocumentedHttpModule {}
