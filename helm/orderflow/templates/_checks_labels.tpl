{{/* Labels and annotations that a cluster refuses, each on a line: whatever values are called so, with what selects by them, however deep. */}}
{{- define "orderflow.checks.labels" -}}
{{- include "orderflow.labelled" (dict "path" "" "list" "" "value" (omit .Values "global")) -}}
{{- end }}

{{/* Walks through values: (dict "path" where "value" they are, and "list" the name of the list that they are an entry of). */}}
{{- define "orderflow.labelled" -}}
{{- $within := . -}}
{{- range $key, $value := .value -}}
{{- $path := ternary $key (printf "%s.%s" $within.path $key) (empty $within.path) -}}
{{- if has $key (list "settings" "extraEnv" "extraEnvs") -}}
{{- else if kindIs "map" $value -}}
  {{- if regexMatch "(?i)(labels|nodeSelector)$" $key -}}
    {{- range $label, $text := $value -}}
      {{- include "orderflow.labelKey" (dict "path" $path "key" $label) -}}
      {{- include "orderflow.labelText" (dict "path" (printf "%s.%s" $path $label) "text" $text) -}}
    {{- end -}}
  {{- else if regexMatch "(?i)annotations$" $key -}}
    {{- range $annotation, $_ := $value -}}
      {{- include "orderflow.labelKey" (dict "path" $path "key" $annotation) -}}
    {{- end -}}
  {{- else -}}
    {{- include "orderflow.labelled" (dict "path" $path "list" "" "value" $value) -}}
  {{- end -}}
{{- else if kindIs "slice" $value -}}
  {{- range $index, $one := $value -}}
    {{- $place := printf "%s[%d]" $path $index -}}
    {{- if kindIs "map" $one -}}
      {{- include "orderflow.labelled" (dict "path" $place "list" $key "value" $one) -}}
    {{- else if hasSuffix "topologySpread.keys" $path -}}
      {{- include "orderflow.labelKey" (dict "path" $place "key" $one) -}}
    {{- else if and (eq $key "values") (eq $within.list "matchExpressions") -}}
      {{- include "orderflow.labelText" (dict "path" $place "text" $one) -}}
    {{- end -}}
  {{- end -}}
{{- else if and $value (or (regexMatch "(?i)topologyKey$" $key) (and (eq $key "key") (has $within.list (list "matchExpressions" "tolerations")))) -}}
  {{- include "orderflow.labelKey" (dict "path" $path "key" $value) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "orderflow.labelKey" -}}
{{- $name := "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?" -}}
{{- $domain := "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*" -}}
{{- if not (and (kindIs "string" .key) (regexMatch (printf "^(%s/)?%s$" $domain $name) (toString .key)) (le (toString .key | splitList "/" | first | len) 253)) }}
{{ .path }}: {{ toRawJson .key }} (expected: a key of at most 63 letters, digits, -, _ and ., a letter or digit at both ends, after a domain and a slash if it has one)
{{- end -}}
{{- end }}

{{- define "orderflow.labelText" -}}
{{- if not (and (kindIs "string" .text) (regexMatch "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$" (toString .text))) }}
{{ .path }}: {{ toRawJson .text }} (expected: a text of at most 63 letters, digits, -, _ and ., a letter or digit at both ends)
{{- end -}}
{{- end }}
