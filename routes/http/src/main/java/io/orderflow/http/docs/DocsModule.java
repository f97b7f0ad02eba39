package io.orderflow.http.docs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The document of an application that has one. */
@Configuration(proxyBeanMethods = false)
public class DocsModule {

    @Bean
    DocsFiles docsFiles() {
        return DocsFiles.filled();
    }

    @Bean
    DocsApi docsApi(DocsFiles files) {
        return new DocsApi(files);
    }

    @Bean
    OpsDocsApi opsDocsApi(DocsFiles files) {
        return new OpsDocsApi(files);
    }
}
