{{/* A service's application.yaml: (dict "root" $ "role" "orders"). It is a file and not environment, because the service refuses a file's unknown names. */}}
{{- define "orderflow.config" -}}
{{- $config := fromYaml (include "orderflow.config.derived" .) -}}
{{- $config = mustMergeOverwrite $config (deepCopy .root.Values.pods.settings) (deepCopy (index .root.Values.roles .role).settings) -}}
{{- toYaml $config -}}
{{- end }}

{{- define "orderflow.config.derived" -}}
{{- $values := .root.Values -}}
{{- $inboxDays := add $values.retention.topicDays $values.retention.releaseDays 1 -}}
{{- $login := fromYaml (include "orderflow.databaseLogin" (merge (dict "migrator" false) .)) -}}
spring:
  config:
    import: configtree:/etc/orderflow/secrets/
  datasource:
    url: {{ include "orderflow.databaseUrl" . | quote }}
    {{- with $login.username }}
    username: {{ . | quote }}
    {{- end }}
  lifecycle:
    timeout-per-shutdown-phase: {{ $values.shutdown.httpSeconds }}s
server:
  port: 8080
management:
  server:
    port: 9876
camel:
  main:
    shutdown-timeout: {{ $values.shutdown.camelSeconds }}
orderflow:
  http:
    drain: {{ $values.shutdown.drainSeconds }}s
    requests-per-second: {{ $values.http.requestsPerSecond }}
    burst: {{ $values.http.burst }}
    requests-under-way: {{ $values.http.requestsUnderWay }}
    waits: {{ $values.http.waits }}
    waits-of-a-caller: {{ $values.http.waitsOfACaller }}
    longest-wait: {{ $values.http.longestWait }}
    longest-stream: {{ $values.http.longestStream }}
    heartbeat: {{ $values.http.heartbeat }}
    intake-max-events: {{ $values.http.intakeMaxEvents }}
    intake-max-age: {{ $values.http.intakeMaxAge }}
    max-connections: {{ $values.http.maxConnections }}
    head-deadline: {{ $values.http.headDeadline }}
    body-deadline: {{ $values.http.bodyDeadline }}
    answer-deadline: {{ $values.http.answerDeadline }}
    header-timeout: {{ $values.http.headerTimeout }}
    keep-alive: {{ $values.http.keepAlive }}
    origins: {{ toJson $values.http.origins }}
  ops:
    port: 8081
  messaging:
    brokers: {{ include "orderflow.kafkaBootstrap" .root | quote }}
    certificates: /etc/orderflow/kafka
    schema: await
    topic-retention: {{ $values.retention.topicDays }}d
    topic-segment: 1d
    release-window: {{ $values.retention.releaseDays }}d
    inbox-retention: {{ $inboxDays }}d
    spans: {{ $values.monitoring.spans }}
    {{- with $values.monitoring.spansTo }}
    spans-to: {{ . | quote }}
    {{- end }}
  identity:
    {{- if eq $values.identity.mode "none" }}
    mode: none
    insecure-trust-everyone: true
    {{- else }}
    mode: jwt
    issuer: {{ $values.identity.issuer | quote }}
    audience: {{ $values.identity.audience | quote }}
    algorithms:
      {{- toYaml $values.identity.algorithms | nindent 6 }}
    keys: {{ ternary "file:/etc/orderflow/identity/keys.json" $values.identity.keys (not (empty $values.identity.keysConfigMap.name)) | quote }}
    clock-skew: {{ $values.identity.clockSkew }}
    roles-claim: {{ $values.identity.rolesClaim | quote }}
    types:
      {{- toYaml $values.identity.types | nindent 6 }}
    {{- end }}
  {{- with include "orderflow.trustBundle" .root }}
  trust:
    bundle: {{ . }}
  {{- end }}
  {{- if eq .role "orders" }}
  orders:
    contact-retention: {{ $values.retention.contactDays }}d
    order-retention: {{ max 90 (add $values.retention.contactDays 1) }}d
  {{- end }}
  {{- if eq .role "inventory" }}
  inventory:
    reservation-retention: {{ max 90 $inboxDays }}d
  {{- end }}
  {{- if eq .role "payments" }}
  payments:
    retention: {{ max 400 $inboxDays }}d
    provider: {{ $values.payments.provider | quote }}
    {{- if eq $values.payments.provider "http" }}
    http:
      url: {{ $values.payments.http.url | quote }}
      api-key-file: /etc/orderflow/provider/api-key
    {{- end }}
  {{- end }}
  {{- if eq .role "notifications" }}
  notifications:
    retention: {{ max 90 $inboxDays }}d
    {{- if $values.smtp.bundled.enabled }}
    smtp-host: {{ include "orderflow.mailbox" .root }}
    smtp-port: 1025
    tls: none
    {{- else }}
    smtp-host: {{ include "orderflow.host" $values.smtp.host | quote }}
    smtp-port: {{ $values.smtp.port }}
    tls: {{ $values.smtp.tls }}
    {{- end }}
    from: {{ $values.smtp.sender | quote }}
  {{- end }}
  {{- if eq .role "console" }}
  console:
    retention: {{ max 90 (add $values.retention.contactDays 1) }}d
    {{- $others := without (include "orderflow.roles" .root | splitList " ") .role }}
    roles:
      {{- range $others }}
      {{ . }}: http://{{ include "orderflow.fullname" $.root }}-{{ . }}:8081
      {{- end }}
    figures:
      {{- range $others }}
      {{ . }}: http://{{ include "orderflow.fullname" $.root }}-{{ . }}:9876/observe/metrics
      {{- end }}
  {{- end }}
{{- end }}

{{/* Files that only one service reads. */}}
{{- define "orderflow.ownMounts" -}}
{{- if and (eq .role "payments") (eq .root.Values.payments.provider "http") -}}
- {name: provider, mountPath: /etc/orderflow/provider, readOnly: true}
{{- end -}}
{{- end }}

{{- define "orderflow.ownVolumes" -}}
{{- if and (eq .role "payments") (eq .root.Values.payments.provider "http") -}}
# Read for each call, so that a new key needs no restart.
- name: provider
  secret:
    secretName: {{ .root.Values.payments.http.existingSecret }}
    defaultMode: 0440
    items:
      - {key: {{ .root.Values.payments.http.key }}, path: api-key}
{{- end -}}
{{- end }}

{{/* Settings of a migration Job's pod that only one service's has: which tables there are depends on them. */}}
{{- define "orderflow.ownMigrationArguments" -}}
{{- if eq .role "payments" -}}
{{- $provider := (include "orderflow.config" . | fromYaml).orderflow.payments.provider -}}
- --orderflow.payments.provider={{ $provider }}
{{- end -}}
{{- end }}

{{/* Secrets beyond the database's that are settings, as projected sources. */}}
{{- define "orderflow.moreSecrets" -}}
{{- if and (eq .role "notifications") .root.Values.smtp.existingSecret (not .root.Values.smtp.bundled.enabled) -}}
- secret:
    name: {{ .root.Values.smtp.existingSecret }}
    items:
      - {key: username, path: orderflow.notifications.username}
      - {key: password, path: orderflow.notifications.password}
{{- end -}}
{{- end }}

{{/* A role's certificate and the authority of the brokers', as the three files that the service reads. Strimzi keeps them in two Secrets. */}}
{{- define "orderflow.kafkaVolume" -}}
- name: kafka
  projected:
    defaultMode: 0440
    sources:
      {{- if .root.Values.kafka.enabled }}
      - secret:
          name: {{ .role }}
          items:
            - {key: user.crt, path: user.crt}
            - {key: user.key, path: user.key}
      - secret:
          name: {{ include "orderflow.kafkaCluster" .root }}-cluster-ca-cert
          items:
            - {key: ca.crt, path: ca.crt}
      {{- else }}
      - secret:
          name: {{ index .root.Values.kafka.external.secrets .role }}
          items:
            - {key: user.crt, path: user.crt}
            - {key: user.key, path: user.key}
            - {key: ca.crt, path: ca.crt}
      {{- end }}
{{- end }}
