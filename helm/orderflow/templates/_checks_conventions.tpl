{{/* What is switched on and could never be reached, each on a line. */}}
{{- define "orderflow.checks.visitors" -}}
{{- $policy := .Values.networkPolicy -}}
{{- if $policy.enabled -}}
{{- if and (or .Values.monitoring.podMonitors .Values.monitoring.rules .Values.monitoring.dashboard) (not $policy.metricsFrom) }}
networkPolicy.metricsFrom: empty (expected: Prometheus' pods, because monitoring.podMonitors, rules or dashboard is true; nobody else may read figures)
{{- end -}}
{{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (ne .Values.identity.mode "none") -}}
{{- range include "orderflow.installed" . | fromYamlArray -}}
{{- $list := include "orderflow.httpFrom" .name -}}
{{- if and .paths (not (index $policy $list)) }}
networkPolicy.{{ $list }}: empty (expected: the pods of the Ingress controller or Gateway, because ingress.enabled or httpRoute.enabled is true; nobody else may come in)
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $role := splitList " " (include "orderflow.roles" .) -}}
{{- with include "orderflow.spans.unknown" (dict "root" $ "own" (index $.Values.roles $role).extraEnv "spans" $.Values.monitoring.spans "collector" $.Values.monitoring.spansTo) }}
networkPolicy.spansPorts: empty (expected: the ports that spans of {{ $role }} leave for, because {{ . }})
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Values that contradict each other, each on a line. */}}
{{- define "orderflow.checks.conventions" -}}
{{- $ingress := .Values.ingress -}}
{{- if $ingress.enabled -}}
{{- if and $ingress.tlsSecret (eq $ingress.certificateFrom "controller") }}
ingress.tlsSecret: {{ $ingress.tlsSecret }} (expected: none, because ingress.certificateFrom is controller)
{{- else if not (or $ingress.tlsSecret (eq $ingress.certificateFrom "controller")) }}
ingress.tlsSecret: missing (expected: a Secret with the certificate, because ingress.enabled is true; or ingress.certificateFrom controller)
{{- end -}}
{{- end -}}
{{- if and (eq .Values.serviceIpFamilyPolicy "SingleStack") (gt (len .Values.serviceIpFamilies) 1) }}
serviceIpFamilies: {{ join ", " .Values.serviceIpFamilies }} (expected: one, because serviceIpFamilyPolicy is SingleStack)
{{- end -}}
{{- if and .Values.strimzi.enabled .Values.pods.platformUserIds -}}
{{- range $context := list "podSecurityContext" "securityContext" -}}
{{- range $id := list "runAsUser" "runAsGroup" "fsGroup" "supplementalGroups" -}}
{{- if hasKey (index $.Values.strimzi $context) $id }}
strimzi.{{ $context }}.{{ $id }}: {{ index $.Values.strimzi $context $id }} (expected: none, because pods.platformUserIds is true)
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
