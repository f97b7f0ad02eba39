{{/* First in every template: puts in what the values lack. An upgrade with --reuse-values hides the chart's own defaults, so that a release would know no value that is newer than it. */}}
{{- define "orderflow.defaults" -}}
{{- range $path, $default := .Files.Get "files/defaults.json" | fromJson -}}
  {{- $names := splitList "." $path -}}
  {{- $group := $.Values -}}
  {{- range initial $names -}}
    {{- if not (kindIs "map" (index $group .)) }}{{ $_ := set $group . dict }}{{ end -}}
    {{- $group = index $group . -}}
  {{- end -}}
  {{- if kindIs "invalid" (index $group (last $names)) }}{{ $_ := set $group (last $names) $default }}{{ end -}}
{{- end -}}
{{- end }}
