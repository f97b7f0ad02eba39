{{/* Where spans go: to monitoring.spansTo, or where an agent in the image reads it from variables or options; here it is read along, for a rule with the number of its port. */}}

{{/* The addresses that a container is given, each with the name of what says so on a line: (dict "root" $ "own" the service's variables "collector" what a service tells without an agent). */}}
{{- define "orderflow.spans.addresses" -}}
{{- with .collector }}
monitoring.spansTo {{ . }}
{{- end -}}
{{- range include "orderflow.env" . | fromYamlArray -}}
{{- $value := .value | default "" -}}
{{- if regexMatch "^OTEL_EXPORTER_OTLP(_TRACES|_METRICS|_LOGS)?_ENDPOINT$" .name }}
{{ .name }} {{ $value }}
{{- end -}}
{{- range regexFindAll "-Dotel[.]exporter[.]otlp[.]([a-z]+[.])?endpoint=[^ ]*" (ternary $value "" (has .name (list "JAVA_TOOL_OPTIONS" "JDK_JAVA_OPTIONS"))) -1 }}
{{ regexReplaceAll "^([^=]*)=" . "${1} " }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The port of such an address; nothing where it leads no further than the pod, or cannot be read. */}}
{{- define "orderflow.spans.port" -}}
{{- $host := regexFind "^https?://[^/?]+" . -}}
{{- if and $host (not (regexMatch "//(localhost|127[.][0-9.]+|\\[::1\\])(:|$)" $host)) -}}
{{ regexFind ":[0-9]+$" $host | trimPrefix ":" | default (ternary "443" "80" (hasPrefix "https:" $host)) }}
{{- end -}}
{{- end }}

{{/* Why nobody can say through which port spans leave; nothing where one can, or there are none. */}}
{{- define "orderflow.spans.unknown" -}}
{{- $addresses := include "orderflow.spans.addresses" . | splitList "\n" | compact -}}
{{- $unknown := list -}}
{{- range $addresses -}}
{{- if not (include "orderflow.spans.port" (splitList " " . | last)) }}{{ $unknown = append $unknown (splitList " " . | first) }}{{ end -}}
{{- end -}}
{{- if .root.Values.networkPolicy.spansPorts -}}
{{- else if $unknown -}}
{{ join ", " $unknown }} does not tell
{{- else if and .spans (not $addresses) -}}
monitoring.spans is true and no OTEL_EXPORTER_OTLP_ENDPOINT tells
{{- end -}}
{{- end }}

{{/* The rule that lets them out: (dict "root" $ "own" the service's variables "spans" whether there are any without an address). */}}
{{- define "orderflow.toSpans" -}}
{{- $addresses := include "orderflow.spans.addresses" . | splitList "\n" | compact -}}
{{- $ports := .root.Values.networkPolicy.spansPorts -}}
{{- if not $ports -}}
{{- range $addresses -}}
{{- with include "orderflow.spans.port" (splitList " " . | last) }}{{ $ports = append $ports . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if and $ports (or .spans $addresses) -}}
{{- include "orderflow.egress" (dict "to" .root.Values.networkPolicy.spansTo "ports" (uniq $ports)) -}}
{{- end -}}
{{- end }}
