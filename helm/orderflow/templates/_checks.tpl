{{/* What the schema cannot say, because it needs several values at once or has no default. All that is wrong is told at once. */}}
{{- define "orderflow.checks" -}}
{{- $values := .Values -}}
{{- $roles := include "orderflow.roles" . | splitList " " -}}
{{- $wrong := list -}}

{{- if eq $values.identity.mode "jwt" -}}
  {{- range $name, $what := dict "issuer" "who signs tokens" "audience" "whom tokens are meant for" -}}
    {{- if not (index $values.identity $name) -}}
      {{- $wrong = append $wrong (printf "identity.%s: missing (expected: %s)" $name $what) -}}
    {{- end -}}
  {{- end -}}
  {{- if eq (empty $values.identity.keys) (empty $values.identity.keysConfigMap.name) -}}
    {{- $wrong = append $wrong "identity.keys: one of two (expected: the https: URL of the issuer's key set, or identity.keysConfigMap.name)" -}}
  {{- end -}}
{{- else -}}
  {{- $let := list -}}
  {{- $somebody := list -}}
  {{- range $role := splitList " " (include "orderflow.rest" .) -}}
    {{- $let = append $let (include "orderflow.httpFrom" $role) -}}
    {{- $somebody = concat $somebody (index $values.networkPolicy (include "orderflow.httpFrom" $role)) -}}
  {{- end -}}
  {{- if or (not $values.networkPolicy.enabled) $somebody $values.networkPolicy.operatorsFrom -}}
    {{- $wrong = append $wrong (printf "identity.mode: none (expected: jwt; or networkPolicy.enabled, and nobody in %s and operatorsFrom)" (join ", " $let)) -}}
  {{- end -}}
  {{- if or $values.ingress.enabled $values.httpRoute.enabled -}}
    {{- $wrong = append $wrong "identity.mode: none (expected: jwt; or neither ingress.enabled nor httpRoute.enabled)" -}}
  {{- end -}}
{{- end -}}

{{- range $role := $roles -}}
  {{- $role_values := index $values.roles $role -}}
  {{- $most := ternary $role_values.autoscaling.maxReplicas $role_values.replicas $role_values.autoscaling.enabled -}}
  {{- if gt (int $most) (int $values.kafka.partitions) -}}
    {{- $wrong = append $wrong (printf "roles.%s.%s: %d (expected: at most %d, the partitions; one more pod would have nothing to read)" $role (ternary "autoscaling.maxReplicas" "replicas" $role_values.autoscaling.enabled) (int $most) (int $values.kafka.partitions)) -}}
  {{- end -}}
  {{- if and $role_values.autoscaling.enabled (gt (int $role_values.autoscaling.minReplicas) (int $role_values.autoscaling.maxReplicas)) -}}
    {{- $wrong = append $wrong (printf "roles.%s.autoscaling.minReplicas: %d (expected: at most maxReplicas, %d)" $role (int $role_values.autoscaling.minReplicas) (int $role_values.autoscaling.maxReplicas)) -}}
  {{- end -}}
{{- end -}}

{{- if ge (int $values.shutdown.drainSeconds) (int $values.shutdown.httpSeconds) -}}
  {{- $wrong = append $wrong (printf "shutdown.drainSeconds: %d (expected: less than shutdown.httpSeconds, %d, which the drain is a part of)" (int $values.shutdown.drainSeconds) (int $values.shutdown.httpSeconds)) -}}
{{- end -}}

{{- $inboxDays := add $values.retention.topicDays $values.retention.releaseDays 1 -}}
{{- if lt (int $values.retention.contactDays) (int $inboxDays) -}}
  {{- $wrong = append $wrong (printf "retention.contactDays: %d (expected: at least topicDays, releaseDays and one more, %d; until then an event may come that is worth a mail)" (int $values.retention.contactDays) (int $inboxDays)) -}}
{{- end -}}

{{- if $values.kafka.enabled -}}
  {{- if gt (int $values.kafka.replicas) (int $values.kafka.brokers) -}}
    {{- $wrong = append $wrong (printf "kafka.replicas: %d (expected: at most kafka.brokers, %d)" (int $values.kafka.replicas) (int $values.kafka.brokers)) -}}
  {{- end -}}
  {{- if and $values.strimzi.enabled (or $values.kafka.topicFinalizers $values.kafka.retainOnUninstall) -}}
    {{- $wrong = append $wrong "kafka.topicFinalizers, kafka.retainOnUninstall: true (expected: false with strimzi.enabled; uninstalling takes the operator first, and then waits for it for ever)" -}}
  {{- end -}}
  {{- $topics := list -}}
  {{- range $path, $_ := .Files.Glob "files/strimzi/kafkatopic-*.yaml" -}}
    {{- $topics = append $topics ($.Files.Get $path | fromYaml).spec.topicName -}}
  {{- end -}}
  {{- range $topic, $override := $values.kafka.topics -}}
    {{- if not (has $topic $topics) -}}
      {{- $wrong = append $wrong (printf "kafka.topics.%s: unknown (expected: one of %s)" $topic (join ", " $topics)) -}}
    {{- end -}}
    {{- range $key := list "retention.ms" "segment.ms" "retention.bytes" "cleanup.policy" "min.insync.replicas" "message.timestamp.type" -}}
      {{- if hasKey ($override.config | default dict) $key -}}
        {{- $wrong = append $wrong (printf "kafka.topics.%s.config: %s (expected: retention.topicDays and kafka.replicas, which the services know of, too)" $topic $key) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- else -}}
  {{- if not $values.kafka.external.bootstrap -}}
    {{- $wrong = append $wrong "kafka.external.bootstrap: missing (expected: host:port, because kafka.enabled is false)" -}}
  {{- end -}}
  {{- range $role := sortAlpha $roles -}}
    {{- if not (index $values.kafka.external.secrets $role) -}}
      {{- $wrong = append $wrong (printf "kafka.external.secrets.%s: missing (expected: a Secret with user.crt, user.key and ca.crt)" $role) -}}
    {{- end -}}
  {{- end -}}
  {{- if $values.strimzi.enabled -}}
    {{- $wrong = append $wrong "strimzi.enabled: true (expected: false where kafka.enabled is false)" -}}
  {{- end -}}
{{- end -}}

{{- if eq $values.postgresql.mode "bundled" -}}
  {{- if not $values.postgresql.bundled.existingSecret -}}
    {{- $wrong = append $wrong "postgresql.bundled.existingSecret: missing (expected: a Secret with superuser and, for each service, <service> and <service>_migrator; README.md has the command)" -}}
  {{- end -}}
{{- else -}}
  {{- range $role := sortAlpha $roles -}}
    {{- $database := index $values.postgresql.external.databases $role -}}
    {{- if not (or $database.host $values.postgresql.external.host) -}}
      {{- $wrong = append $wrong (printf "postgresql.external.databases.%s.host: missing (expected: a host name, here or in postgresql.external.host)" $role) -}}
    {{- end -}}
    {{- range $key := list "existingSecret" "migratorSecret" -}}
      {{- if not (index $database $key) -}}
        {{- $wrong = append $wrong (printf "postgresql.external.databases.%s.%s: missing (expected: a Secret with username and password)" $role $key) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
  {{- if and (hasPrefix "verify" $values.postgresql.external.sslMode) (not (or $values.postgresql.external.caSecret.name (include "orderflow.trustBundle" .))) -}}
    {{- $wrong = append $wrong (printf "postgresql.external.caSecret.name: missing (expected: a Secret with the authority of the server's certificate, or trust.bundle, because sslMode is %s)" $values.postgresql.external.sslMode) -}}
  {{- end -}}
{{- end -}}

{{- if and $values.trust.bundle.configMap $values.trust.bundle.secret -}}
  {{- $wrong = append $wrong "trust.bundle.configMap, trust.bundle.secret: both (expected: one of them)" -}}
{{- end -}}

{{- if not $values.payments.provider -}}
  {{- $wrong = append $wrong "payments.provider: missing (expected: http; or simulated, where no money moves)" -}}
{{- else if eq $values.payments.provider "http" -}}
  {{- range $name, $what := dict "url" "the provider's address" "existingSecret" "a Secret with the provider's key" -}}
    {{- if not (index $values.payments.http $name) -}}
      {{- $wrong = append $wrong (printf "payments.http.%s: missing (expected: %s)" $name $what) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{- if not (or $values.smtp.host $values.smtp.bundled.enabled) -}}
  {{- $wrong = append $wrong "smtp.host: missing (expected: a mail server; or smtp.bundled.enabled, which sends nothing on)" -}}
{{- end -}}
{{- if not $values.smtp.sender -}}
  {{- $wrong = append $wrong "smtp.sender: missing (expected: who the mails come from)" -}}
{{- end -}}

{{- if and $values.testOrder.tokenSecret (not $values.testOrder.sku) -}}
  {{- $wrong = append $wrong "testOrder.sku: missing (expected: an article that is in stock, because testOrder.tokenSecret is set)" -}}
{{- end -}}

{{- if $values.ingress.enabled -}}
  {{- if not $values.ingress.host -}}
    {{- $wrong = append $wrong "ingress.host: missing (expected: one, because ingress.enabled is true)" -}}
  {{- end -}}
{{- end -}}
{{- if $values.httpRoute.enabled -}}
  {{- range $name := list "parentRefs" "hostnames" -}}
    {{- if not (index $values.httpRoute $name) -}}
      {{- $wrong = append $wrong (printf "httpRoute.%s: missing (expected: some, because httpRoute.enabled is true)" $name) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{- range $subject := list "names" "labels" "addresses" "volumes" "visitors" "conventions" "settings" "sizes" -}}
  {{- $wrong = concat $wrong (include (printf "orderflow.checks.%s" $subject) $ | splitList "\n" | compact | uniq) -}}
{{- end -}}

{{- with $wrong -}}
  {{- fail (printf "\n\n%s\n" (join "\n" .)) -}}
{{- end -}}
{{- end }}
