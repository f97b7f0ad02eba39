{{/* Checks of how much of everything there is, a line for each that is wrong: what Kubernetes, Strimzi or a server would refuse or pass over only later. */}}
{{- define "orderflow.checks.sizes" -}}
{{- include "orderflow.checks.kafka" . -}}
{{- include "orderflow.checks.resources" . -}}
{{- include "orderflow.checks.scaling" . -}}
{{- include "orderflow.checks.connections" . -}}
{{- end }}

{{- define "orderflow.checks.kafka" -}}
{{- $kafka := .Values.kafka -}}
{{- if and $kafka.enabled (not $kafka.existingCluster) (has (int $kafka.port) (list 9404 9999)) }}
{{ printf "kafka.port: %d (expected: another, which Strimzi does not need itself)" (int $kafka.port) }}
{{- end -}}
{{- range $name, $placement := dict "kafka" $kafka "kafka.controllers" $kafka.controllers "kafka.entityOperator" $kafka.entityOperator -}}
{{- if and $placement.nodeSelector (hasKey $placement.affinity "nodeAffinity") }}
{{ printf "%s.nodeSelector: beside %s.affinity.nodeAffinity (expected: one of the two)" $name $name }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whatever part of it was given: quantities, a limit of memory, and no more asked for than one may have. */}}
{{- define "orderflow.checks.resources" -}}
{{- $kafka := .Values.kafka -}}
{{- $all := dict "migrations.resources" .Values.migrations.resources -}}
{{- range $role := splitList " " (include "orderflow.roles" .) -}}
  {{- $_ := set $all (printf "roles.%s.resources" $role) (index $.Values.roles $role).resources -}}
{{- end -}}
{{- if eq .Values.postgresql.mode "bundled" }}{{ $_ := set $all "postgresql.bundled.resources" .Values.postgresql.bundled.resources }}{{ end -}}
{{- if and $kafka.enabled (not $kafka.existingCluster) -}}
  {{- range $pool := ternary (list "dual") (list "broker" "controller") (eq $kafka.nodePools "dual") -}}
    {{- $spec := ($.Files.Get (printf "files/strimzi/kafkanodepool-%s.yaml" $pool) | fromYaml).spec -}}
    {{- $node := include "orderflow.kafka.node" (dict "root" $ "spec" $spec) | fromYaml -}}
    {{- $_ := set $all (ternary "kafka.controllers.resources" "kafka.resources" (eq $pool "controller")) (include "orderflow.kafka.resources" (dict "own" $spec.resources "given" $node.resources) | fromYaml) -}}
  {{- end -}}
  {{- $entityOperator := ($.Files.Get "files/strimzi/kafka-orderflow.yaml" | fromYaml).spec.entityOperator -}}
  {{- range $operator := list "topicOperator" "userOperator" -}}
    {{- $_ := set $all (printf "kafka.entityOperator.%s.resources" $operator) (include "orderflow.kafka.resources" (dict "own" (index $entityOperator $operator).resources "given" (index $kafka.entityOperator $operator).resources) | fromYaml) -}}
  {{- end -}}
{{- end -}}
{{- if .Values.strimzi.enabled }}{{ $_ := set $all "strimzi.resources" .Values.strimzi.resources }}{{ end -}}
{{- range $name, $resources := $all -}}
{{- if not (or (hasPrefix "strimzi." $name) (dig "limits" "memory" "" $resources)) }}
{{ printf "%s.limits.memory: missing (expected: a quantity, which nothing exceeds)" $name }}
{{- end -}}
{{- $wrong := list -}}
{{- range $kind, $quantities := pick $resources "requests" "limits" -}}
{{- range $what, $quantity := $quantities -}}
{{- if or (not (regexMatch "^[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$" (toString $quantity))) (and (eq $what "memory") (lt (include "orderflow.quantity" $quantity | float64) 1048576.0)) -}}
{{- $wrong = append $wrong $what }}
{{ printf "%s.%s.%s: %v (expected: a quantity, as 250m of processors or 512Mi of memory)" $name $kind $what $quantity }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $what, $limit := $resources.limits -}}
{{- $request := index $resources.requests $what | default "0" -}}
{{- if has $what $wrong -}}
{{- else if gt (include "orderflow.quantity" $request | float64) (include "orderflow.quantity" $limit | float64) }}
{{ printf "%s.requests.%s: %v (expected: at most limits.%s, %v)" $name $what $request $what $limit }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The number that a quantity of Kubernetes means. */}}
{{- define "orderflow.quantity" -}}
{{- if kindIs "string" . -}}
{{- $units := dict "n" 1e-9 "u" 1e-6 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 "Ei" 1152921504606846976.0 -}}
{{- $unit := regexFind "[A-Za-z]+$" . -}}
{{- mulf (trimSuffix $unit . | float64) (index $units $unit | default 1.0) -}}
{{- else }}{{ . }}{{ end -}}
{{- end }}

{{- define "orderflow.checks.scaling" -}}
{{- range $role := splitList " " (include "orderflow.roles" .) -}}
{{- $values := index $.Values.roles $role -}}
{{- if and $values.autoscaling.enabled (not (dig "requests" "cpu" "" $values.resources)) }}
{{ printf "roles.%s.resources.requests.cpu: missing (expected: a quantity, because roles.%s.autoscaling looks at its share)" $role $role }}
{{- end -}}
{{- end -}}
{{- with include "orderflow.byLag" . -}}
{{- $why := printf "because roles.%s.autoscaling.by is lag" (. | replace " " ".autoscaling.by, roles.") -}}
{{- if not $.Values.kafka.enabled -}}
{{- if not $.Values.kafka.external.scalerSecret }}
{{ printf "kafka.external.scalerSecret: missing (expected: a Secret with user.crt, user.key and ca.crt, %s)" $why }}
{{- end -}}
{{- else if not (or $.Values.kafka.existingCluster $.Values.networkPolicy.scalerFrom) }}
{{ printf "networkPolicy.scalerFrom: empty (expected: KEDA's operator, as peers of a NetworkPolicy, %s)" $why }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* While one version takes over from another there is a pod more, and each has a pool of its own. */}}
{{- define "orderflow.checks.connections" -}}
{{- $postgresql := .Values.postgresql -}}
{{- range $role := splitList " " (include "orderflow.roles" .) -}}
{{- $values := index $.Values.roles $role -}}
{{- $pods := ternary $values.autoscaling.maxReplicas $values.replicas $values.autoscaling.enabled | int -}}
{{- $size := include "orderflow.poolSize" (dict "root" $ "role" $role) -}}
{{- $pool := int $size -}}
{{- $need := mul (add1 $pods) $pool -}}
{{- $why := printf "%d of each of %d pods of %s and of one more in an upgrade" $pool $pods $role -}}
{{- if and (not (regexMatch "^[1-9][0-9]{0,5}$" $size)) (or (eq $postgresql.mode "bundled") (gt (int (index $postgresql.external.databases $role).connections) 0)) }}
{{ printf "roles.%s.settings, pods.settings: spring.datasource.hikari.maximum-pool-size %s (expected: a number, which is counted with the pods)" $role $size }}
{{- else if eq $postgresql.mode "bundled" -}}
{{- if gt $need (int64 $postgresql.bundled.connections) }}
{{ printf "postgresql.bundled.connections: %d (expected: at least %d, %s)" (int $postgresql.bundled.connections) $need $why }}
{{- end -}}
{{- else -}}
{{- $given := int64 (index $postgresql.external.databases $role).connections -}}
{{- if and (gt $given 0) (gt $need $given) }}
{{ printf "postgresql.external.databases.%s.connections: %d (expected: at least %d, %s; or 0)" $role $given $need $why }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* How many connections a pod of a service opens: what its settings say, in whatever form, or what its image does. */}}
{{- define "orderflow.poolSize" -}}
{{- $size := 24 -}}
{{- range list .root.Values.pods.settings (index .root.Values.roles .role).settings -}}
{{- range splitList "\n" (include "orderflow.flat" (dict "prefix" "" "value" .)) -}}
{{- if hasPrefix "spring.datasource.hikari.maximumpoolsize=" . }}{{ $size = splitList "=" . | last }}{{ end -}}
{{- end -}}
{{- end -}}
{{- $size -}}
{{- end }}

{{/* Settings as lines, without what Spring passes over in names. */}}
{{- define "orderflow.flat" -}}
{{- range $key, $value := .value -}}
{{- $path := printf "%s%s" $.prefix $key -}}
{{- if kindIs "map" $value -}}
{{- include "orderflow.flat" (dict "prefix" (printf "%s." $path) "value" $value) -}}
{{- else }}
{{ printf "%s=%v" ($path | lower | replace "-" "" | replace "_" "") $value }}
{{- end -}}
{{- end -}}
{{- end }}
