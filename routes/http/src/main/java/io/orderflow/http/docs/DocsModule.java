package io.orderflow.http.docs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The document of an application that has one. */
@Configuration(proxyBeanMethods = false)
public class DocsModule {

    @Bean
    DocsApi docsApi() {
        return new DocsApi(DocsFiles.filled());
    }
}
