{{/* Names that a cluster does not take, or that are somebody else's, each on a line. */}}
{{- define "orderflow.checks.names" -}}
{{- $name := include "orderflow.fullname" . -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) }}
{{- if regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" .Release.Name }}
name of the chart: {{ include "orderflow.name" . }} (expected: a to z, 0 to 9 and -, as Services are named, where a dependency has an alias, too; or such a nameOverride or fullnameOverride)
{{- else }}
name of the release: {{ .Release.Name }} (expected: a to z, 0 to 9 and -, a letter first, as Services are named; or such a fullnameOverride)
{{- end -}}
{{- end -}}
{{- if .Values.kafka.enabled -}}
  {{- $made := list -}}
  {{- range $name, $path := include "orderflow.derived" . | fromJson -}}
    {{- if hasPrefix "kafkauser-" $name }}{{ $made = append $made ($.Files.Get $path | fromYaml).metadata.name }}{{ end -}}
  {{- end -}}
  {{- range list "cluster-ca" "cluster-ca-cert" "clients-ca" "clients-ca-cert" "cluster-operator-certs" "entity-topic-operator-certs" "entity-user-operator-certs" -}}
    {{- $made = append $made (printf "%s-%s" (include "orderflow.kafkaCluster" $) .) -}}
  {{- end -}}
  {{- range $line := include "orderflow.secretValues" (dict "path" "" "values" (omit .Values "strimzi" "global")) | splitList "\n" | compact -}}
    {{- $value := splitList ": " $line -}}
    {{- if has (last $value) $made }}
{{ first $value }}: {{ last $value }} (expected: a Secret of another name; Strimzi writes its own over this one)
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{/* Every value that names a Secret to bring along, by its path, each on a line: whatever is called so, and what is below it. */}}
{{- define "orderflow.secretValues" -}}
{{- range $key, $value := .values -}}
{{- $path := ternary $key (printf "%s.%s" $.path $key) (empty $.path) -}}
{{- $named := or $.named (regexMatch "(?i)secrets?$" $key) -}}
{{- if has $key (list "settings" "extraEnv" "extraVolumes" "key") -}}
{{- else if kindIs "map" $value -}}
{{ include "orderflow.secretValues" (dict "path" $path "values" $value "named" $named) }}
{{- else if and $named (kindIs "slice" $value) -}}
{{- range $index, $one := $value -}}
{{ include "orderflow.secretValues" (dict "path" (printf "%s[%d]" $path $index) "values" $one "named" true) }}
{{- end -}}
{{- else if and $named (kindIs "string" $value) }}
{{ $path }}: {{ $value }}
{{- end -}}
{{- end -}}
{{- end }}
