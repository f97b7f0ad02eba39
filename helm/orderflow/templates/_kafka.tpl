{{/* What an installation says of Kafka's nodes, laid into the resources that strimzi/ derives. */}}

{{/* The files of Kafka's resources that strimzi/ derives, by their names: console's declaration makes some otherwise. */}}
{{- define "orderflow.derived" -}}
{{- $paths := dict -}}
{{- range $path, $_ := .Files.Glob "files/strimzi/*.yaml" }}{{ $_ := set $paths (base $path) $path }}{{ end -}}
{{- if .Values.console.enabled -}}
{{- range $path, $_ := .Files.Glob "files/strimzi/console/*.yaml" }}{{ $_ := set $paths (base $path) $path }}{{ end -}}
{{- end -}}
{{- toJson $paths -}}
{{- end }}

{{/* Processors and memory of a node pool or an operator, as it was derived where the values say nothing: (dict "own" … "given" …). */}}
{{- define "orderflow.kafka.resources" -}}
{{- $resources := deepCopy .own -}}
{{- range $kind := list "requests" "limits" -}}
  {{- range $what, $quantity := index $.given $kind -}}
    {{- $_ := set (index $resources $kind) $what $quantity -}}
  {{- end -}}
{{- end -}}
{{- toYaml $resources -}}
{{- end }}

{{/* The values that a node pool or the entity operator is placed by. */}}
{{- define "orderflow.kafka.placement" -}}
{{- $placement := dict -}}
{{- with .affinity }}{{ $_ := set $placement "affinity" . }}{{ end -}}
{{- with .nodeSelector -}}
  {{- /* Strimzi's pods have no nodeSelector; this is the same in other words. */ -}}
  {{- $expressions := list -}}
  {{- range $label, $value := . -}}
    {{- $expressions = append $expressions (dict "key" $label "operator" "In" "values" (list $value)) -}}
  {{- end -}}
  {{- $nodes := dict "requiredDuringSchedulingIgnoredDuringExecution" (dict "nodeSelectorTerms" (list (dict "matchExpressions" $expressions))) -}}
  {{- $_ := set $placement "affinity" (merge (dict "nodeAffinity" $nodes) ($placement.affinity | default dict)) -}}
{{- end -}}
{{- with .tolerations }}{{ $_ := set $placement "tolerations" . }}{{ end -}}
{{- with .priorityClassName }}{{ $_ := set $placement "priorityClassName" . }}{{ end -}}
{{- toYaml $placement -}}
{{- end }}

{{/* The values of a node pool's nodes: controllers have their own, brokers and those that are both share one. */}}
{{- define "orderflow.kafka.node" -}}
{{- $kafka := .root.Values.kafka -}}
{{- if has "broker" .spec.roles -}}
  {{- toYaml (dict "replicas" $kafka.brokers "storage" $kafka.storage "resources" $kafka.resources "placement" (pick $kafka "affinity" "nodeSelector" "tolerations" "priorityClassName")) -}}
{{- else -}}
  {{- toYaml (dict "replicas" $kafka.controllers.replicas "storage" $kafka.controllers.storage "resources" $kafka.controllers.resources "placement" (pick $kafka.controllers "affinity" "nodeSelector" "tolerations" "priorityClassName")) -}}
{{- end -}}
{{- end }}

{{/* The specification of a node pool with all that. */}}
{{- define "orderflow.kafka.pool" -}}
{{- $kafka := .root.Values.kafka -}}
{{- $node := include "orderflow.kafka.node" . | fromYaml -}}
{{- $spec := .spec -}}
{{- $_ := set $spec "replicas" (int $node.replicas) -}}
{{- $class := $node.storage.storageClass | default $kafka.storage.storageClass -}}
{{- range $spec.storage.volumes -}}
  {{- $_ := set . "size" $node.storage.size -}}
  {{- if $class }}{{ $_ := set . "class" $class }}{{ end -}}
{{- end -}}
{{- $_ := set $spec "resources" (include "orderflow.kafka.resources" (dict "own" $spec.resources "given" $node.resources) | fromYaml) -}}
{{- $spread := list -}}
{{- $labels := dict "strimzi.io/cluster" (include "orderflow.kafkaCluster" .root) "strimzi.io/pool-name" .pool -}}
{{- range $kafka.topologySpread.keys -}}
  {{- $spread = append $spread (dict "maxSkew" 1 "topologyKey" . "whenUnsatisfiable" $kafka.topologySpread.whenUnsatisfiable "labelSelector" (dict "matchLabels" $labels)) -}}
{{- end -}}
{{- $_ := set $spec.template "pod" (merge (include "orderflow.kafka.placement" $node.placement | fromYaml) (omit $spec.template.pod "topologySpreadConstraints")) -}}
{{- with $spread }}{{ $_ := set $spec.template.pod "topologySpreadConstraints" . }}{{ end -}}
{{- toYaml $spec -}}
{{- end }}

{{/* The entity operator: topics' and users'. */}}
{{- define "orderflow.kafka.entityOperator" -}}
{{- $kafka := .root.Values.kafka -}}
{{- $spec := .spec -}}
{{- range $operator := list "topicOperator" "userOperator" -}}
  {{- $own := index $spec $operator -}}
  {{- $_ := set $own "resources" (include "orderflow.kafka.resources" (dict "own" $own.resources "given" (index $kafka.entityOperator $operator).resources) | fromYaml) -}}
{{- end -}}
{{- $_ := set $spec.template "pod" (merge (include "orderflow.kafka.placement" $kafka.entityOperator | fromYaml) $spec.template.pod) -}}
{{- $_ := set $spec.template.topicOperatorContainer "env" (list (dict "name" "STRIMZI_USE_FINALIZERS" "value" ($kafka.topicFinalizers | toString))) -}}
{{- toYaml $spec -}}
{{- end }}

{{/* For the notes of an upgrade. */}}
{{- define "orderflow.kafka.notes" -}}
{{- if .Release.IsUpgrade }}
{{- if and .Values.kafka.enabled (not .Values.kafka.existingCluster) }}

Strimzi cannot change in place: kafka.nodePools, who votes ({{ ternary "kafka.brokers" "kafka.controllers.replicas" (eq .Values.kafka.nodePools "dual") }}), the copies of a topic (kafka.replicas), and disks, but for more room (kafka.storage).
Another number of kafka.partitions takes an order's events out of their order, and with another kafka.port pods of before have no brokers until they are replaced.
{{- if .Values.kafka.retainOnUninstall }}
A node pool that is no longer rendered is kept, and nobody looks after it (kafka.retainOnUninstall).
{{- else }}
A node pool that is no longer rendered is deleted with all that it knows.
{{- end }}
If this upgrade changed one of these, go back at once (helm rollback) and read docs/kafka-changes.md:
  kubectl -n {{ .Release.Namespace }} get kafkanodepools,kafkatopics
{{- else }}

If this upgrade turned from a Kafka cluster of the release's own to another ({{ ternary "kafka.existingCluster" "kafka.enabled: false" .Values.kafka.enabled }}), the old one is {{ ternary "kept, and nobody looks after it (kafka.retainOnUninstall)" "deleted, but for its disks" .Values.kafka.retainOnUninstall }}: docs/kafka-changes.md.
{{- end }}
{{- end }}
{{- end }}
