package io.orderflow.http.docs;

import io.orderflow.http.HttpModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The document of an application that has one. */
@Configuration(proxyBeanMethods = false)
@Import(HttpModule.class)
public class DocsModule {

    @Bean
    DocsApi docsApi() {
        return new DocsApi(Shelf.filled());
    }
}
