{{/* What a service is told past the values that ports, rules and sums go by, each on a line. */}}
{{- define "orderflow.checks.settings" -}}
{{- $fixed := list "server.port" "management.server.port" "orderflow.ops.port" -}}
{{- $values := dict
  "orderflow.identity.mode" "identity.mode"
  "orderflow.identity.insecure-trust-everyone" "identity.mode"
  "orderflow.identity.keys" "identity.keys"
  "orderflow.messaging.brokers" "kafka.external.bootstrap"
  "orderflow.messaging.topic-retention" "retention.topicDays"
  "orderflow.messaging.release-window" "retention.releaseDays"
  "orderflow.messaging.spans" "monitoring.spans"
  "orderflow.messaging.spans-to" "monitoring.spansTo"
  "orderflow.notifications.smtp-host" "smtp.host"
  "orderflow.notifications.smtp-port" "smtp.port"
  "orderflow.payments.http.url" "payments.http.url"
  "orderflow.http.drain" "shutdown.drainSeconds"
  "spring.lifecycle.timeout-per-shutdown-phase" "shutdown.httpSeconds"
  "camel.main.shutdown-timeout" "shutdown.camelSeconds"
  "spring.datasource.url" "postgresql.external.host" -}}
{{- $pool := "spring.datasource.hikari.maximum-pool-size" -}}
{{- $known := dict -}}
{{- range $name := concat (keys $values) $fixed (list $pool) }}{{ $_ := set $known (include "orderflow.plain" $name) $name }}{{ end -}}
{{- range $role := splitList " " (include "orderflow.roles" .) -}}
{{- $counted := or (eq $.Values.postgresql.mode "bundled") (gt (int (index $.Values.postgresql.external.databases $role).connections) 0) -}}
{{- range $level := list (dict "path" "pods" "values" $.Values.pods) (dict "path" (printf "roles.%s" $role) "values" (index $.Values.roles $role)) -}}
{{- range $line := include "orderflow.told" $level | splitList "\n" | compact -}}
{{- $where := splitList " " $line | first -}}
{{- $told := index $known (splitList " " $line | last) -}}
{{- if regexMatch "^orderflowconsole(roles|figures)" (splitList " " $line | last) }}
{{ $where }}: orderflow.console.roles or figures (expected: none; rules go by the release's own Services)
{{- else if has $told $fixed }}
{{ $where }}: {{ $told }} (expected: none; Services, probes and rules go by the chart's own port)
{{- else if hasKey $values ($told | default "") }}
{{ $where }}: {{ $told }} (expected: the value {{ index $values $told }}, which rules and checks go by)
{{- else if and $told $counted (not (hasSuffix ".settings" $where)) }}
{{ $where }}: {{ $told }} (expected: that setting below {{ $level.path }}.settings, where it is counted with the pods)
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whatever sets something, each as "where name" on a line: settings as they are, variables in Spring's spellings, its JSON, and options of the Java machine. */}}
{{- define "orderflow.told" -}}
{{- $where := printf "%s.settings" .path -}}
{{- range include "orderflow.flat" (dict "prefix" "" "value" .values.settings) | splitList "\n" | compact }}
{{ $where }} {{ splitList "=" . | first | include "orderflow.plain" }}
{{- end -}}
{{- $variables := .values.extraEnv -}}
{{- with .values.javaOptions }}{{ $variables = append $variables (dict "where" "pods.javaOptions" "name" "JAVA_TOOL_OPTIONS" "value" .) }}{{ end -}}
{{- range $variables -}}
{{- $where = .where | default (printf "%s.extraEnv.%s" $.path .name) -}}
{{- $value := .value | default "" }}
{{ $where }} {{ include "orderflow.plain" .name }}
{{- range regexFindAll "-D[^ =]+=" $value -1 }}
{{ $where }} {{ trimPrefix "-D" . | trimSuffix "=" | include "orderflow.plain" }}
{{- end -}}
{{- if eq .name "SPRING_APPLICATION_JSON" -}}
{{- range include "orderflow.flat" (dict "prefix" "" "value" (fromJson $value)) | splitList "\n" | compact }}
{{ $where }} {{ splitList "=" . | first | include "orderflow.plain" }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A setting's name without what tells its spellings apart. */}}
{{- define "orderflow.plain" -}}
{{ regexReplaceAll "[^a-z0-9]" (lower .) "" }}
{{- end }}
