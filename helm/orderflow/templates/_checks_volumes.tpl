{{/* Volumes of an installation's own that take what is ours, or lead out of the pod, each on a line. */}}
{{- define "orderflow.checks.volumes" -}}
{{- $ours := list "config" "database" "identity" "kafka" "own" "provider" "secrets" "tmp" "trust" -}}
{{- $paths := list "/app" "/etc/orderflow" "/tmp" -}}
{{- $kinds := list "configMap" "csi" "downwardAPI" "emptyDir" "ephemeral" "persistentVolumeClaim" "projected" "secret" -}}
{{- range $role := splitList " " (include "orderflow.roles" .) -}}
{{- $names := list -}}
{{- $taken := list -}}
{{- range $level := list (dict "path" "pods" "values" $.Values.pods) (dict "path" (printf "roles.%s" $role) "values" (index $.Values.roles $role)) -}}
{{- range $index, $volume := $level.values.extraVolumes -}}
{{- if or (has .name (concat $ours $names)) (not (regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" .name)) }}
{{ $level.path }}.extraVolumes[{{ $index }}].name: {{ .name }} (expected: a to z, 0 to 9 and -, none of {{ join ", " $ours }}, and each once)
{{- end -}}
{{- $kind := keys (omit . "name") -}}
{{- if or (ne (len $kind) 1) (not (has (first $kind) $kinds)) }}
{{ $level.path }}.extraVolumes[{{ $index }}]: {{ $kind | sortAlpha | join ", " | default "nothing" }} (expected: one of {{ join ", " $kinds }}, which restricted pods may have)
{{- end -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- range $index, $mount := $level.values.extraVolumeMounts -}}
{{- if not (has .name $names) }}
{{ $level.path }}.extraVolumeMounts[{{ $index }}].name: {{ .name }} (expected: one of {{ $level.path }}.extraVolumes)
{{- end -}}
{{- $path := clean .mountPath -}}
{{- $inTheWay := or (not (isAbs .mountPath)) (has $path $taken) -}}
{{- range $paths -}}
  {{- if or (hasPrefix (printf "%s/" .) (printf "%s/" $path)) (hasPrefix (printf "%s/" (trimSuffix "/" $path)) (printf "%s/" .)) -}}
    {{- $inTheWay = true -}}
  {{- end -}}
{{- end -}}
{{- if $inTheWay }}
{{ $level.path }}.extraVolumeMounts[{{ $index }}].mountPath: {{ .mountPath }} (expected: an absolute path, neither above nor below {{ join ", " $paths }}, and each once)
{{- end -}}
{{- $taken = append $taken $path -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
