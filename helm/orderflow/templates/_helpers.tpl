{{/* Names, labels and the parts that several resources share. */}}

{{- define "orderflow.name" -}}
{{ include "orderflow.short" (dict "name" (.Values.nameOverride | default .Chart.Name) "most" 40) }}
{{- end }}

{{/* What every resource's name begins with. */}}
{{- define "orderflow.fullname" -}}
{{- $name := .Release.Name -}}
{{- if .Values.fullnameOverride -}}
  {{- $name = .Values.fullnameOverride -}}
{{- else if not (contains (include "orderflow.name" .) $name) -}}
  {{- $name = printf "%s-%s" $name (include "orderflow.name" .) -}}
{{- end -}}
{{ include "orderflow.short" (dict "name" $name "most" 40) }}
{{- end }}

{{/* A name that is too long is cut, and a hash tells it from others that begin alike: (dict "name" … "most" 40). */}}
{{- define "orderflow.short" -}}
{{- if le (len .name) (int .most) -}}
{{ .name }}
{{- else -}}
{{ .name | trunc (sub .most 9 | int) | trimSuffix "-" }}-{{ .name | sha256sum | trunc 8 }}
{{- end -}}
{{- end }}

{{/* A text as the value of a label takes it. */}}
{{- define "orderflow.labelValue" -}}
{{ include "orderflow.short" (dict "name" (regexReplaceAll "[^-A-Za-z0-9_.]" . "_" | trimAll "-_.") "most" 63) }}
{{- end }}

{{/* The name of a migration's Job, whose end tells its content: its pods' names are six longer, and no label takes more than 63. (dict "root" $ "role" "orders" "content" …). */}}
{{- define "orderflow.migrationName" -}}
{{- $end := printf "-migrate-%s-%s" .role (.content | sha256sum | trunc 8) -}}
{{ include "orderflow.short" (dict "name" (include "orderflow.fullname" .root) "most" (sub 57 (len $end))) }}{{ $end }}
{{- end }}

{{/* The services that are installed, as files/roles.yaml declares them, in the order of the drawing: one that is optional where the value <name>.enabled says so. */}}
{{- define "orderflow.installed" -}}
{{- $installed := list -}}
{{- range (.Files.Get "files/roles.yaml" | fromYaml).roles -}}
{{- if or (not .optional) (index $.Values .name).enabled }}{{ $installed = append $installed . }}{{ end -}}
{{- end -}}
{{- toYaml $installed -}}
{{- end }}

{{/* Their names. */}}
{{- define "orderflow.roles" -}}
{{- range $index, $role := include "orderflow.installed" . | fromYamlArray -}}
{{ if $index }} {{ end }}{{ $role.name }}
{{- end -}}
{{- end }}

{{/* What files/roles.yaml declares of one of them: (dict "root" $ "role" "orders"). */}}
{{- define "orderflow.declared" -}}
{{- range include "orderflow.installed" .root | fromYamlArray -}}
{{- if eq .name $.role }}{{ toYaml . }}{{ end -}}
{{- end -}}
{{- end }}

{{/* Those whose HTTP customers or staff may call. */}}
{{- define "orderflow.rest" -}}
{{- $names := list -}}
{{- range include "orderflow.installed" . | fromYamlArray -}}
{{- if .http }}{{ $names = append $names .name }}{{ end -}}
{{- end -}}
{{- join " " $names -}}
{{- end }}

{{/* The value below networkPolicy that says who they are, by the service's name. */}}
{{- define "orderflow.httpFrom" -}}
{{ ternary "stock" . (eq . "inventory") }}From
{{- end }}

{{/* What selects the pods of a component: (dict "root" $ "component" "orders"), or of the whole release without one. */}}
{{- define "orderflow.selector" -}}
app.kubernetes.io/name: {{ include "orderflow.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{/* Labels of a pod. */}}
{{- define "orderflow.podLabels" -}}
{{- $own := fromYaml (include "orderflow.selector" .) -}}
{{- $_ := set $own "app.kubernetes.io/part-of" "orderflow" -}}
{{- toYaml (merge $own .more .root.Values.commonLabels) -}}
{{- end }}

{{/* Labels of a resource, with "more" if it has any of its own. */}}
{{- define "orderflow.labels" -}}
{{- $own := fromYaml (include "orderflow.selector" .) -}}
{{- $_ := set $own "app.kubernetes.io/part-of" "orderflow" -}}
{{- $_ := set $own "app.kubernetes.io/version" (include "orderflow.labelValue" (.root.Chart.AppVersion | toString)) -}}
{{- $_ := set $own "app.kubernetes.io/managed-by" .root.Release.Service -}}
{{- $_ := set $own "helm.sh/chart" (include "orderflow.labelValue" (printf "%s-%s" .root.Chart.Name .root.Chart.Version)) -}}
{{- toYaml (merge $own (.more | default dict) .root.Values.commonLabels) -}}
{{- end }}

{{/* The metadata of a resource: (dict "root" $ "component" "orders" "name" …), with "annotations" if it has any. */}}
{{- define "orderflow.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "orderflow.labels" . | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The name of an image; a digest beats the tag. */}}
{{- define "orderflow.image" -}}
{{- with .image.registry }}{{ . }}/{{ end -}}
{{ .image.repository }}
{{- with .image.tag | default .tag }}:{{ . }}{{ end -}}
{{- with .image.digest }}@{{ . }}{{ end -}}
{{- end }}

{{/* Restricted pod security, the pod's half: (dict "root" $ "user" 65532). */}}
{{- define "orderflow.podSecurity" -}}
runAsNonRoot: true
{{- if not .root.Values.pods.platformUserIds }}
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
{{- end }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* The container's half. */}}
{{- define "orderflow.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* A container's variables, each once, the narrower over the wider, in whose place it stands, so that what refers to it finds it; one that itself refers to others comes last: (dict "root" $ "own" list), with "settings" for a pod that has no file of them. */}}
{{- define "orderflow.env" -}}
{{- $values := .root.Values -}}
{{- $all := list (dict "name" "JAVA_TOOL_OPTIONS" "value" $values.pods.javaOptions) -}}
{{- if and .settings $values.pods.settings -}}
  {{- $all = append $all (dict "name" "SPRING_APPLICATION_JSON" "value" (toJson $values.pods.settings)) -}}
{{- end -}}
{{- $env := list -}}
{{- range $variable := concat $all $values.pods.extraEnv (.own | default list) -}}
  {{- $stays := not (contains "$(" ($variable.value | default "")) -}}
  {{- $merged := list -}}
  {{- $there := false -}}
  {{- range $env -}}
    {{- if ne .name $variable.name -}}
      {{- $merged = append $merged . -}}
    {{- else if $stays -}}
      {{- $merged = append $merged $variable -}}
      {{- $there = true -}}
    {{- end -}}
  {{- end -}}
  {{- $env = ternary $merged (append $merged $variable) $there -}}
{{- end -}}
{{- toYaml $env -}}
{{- end }}

{{/* What an installation adds to the volumes of a service and of its migration, or to the mounts: (dict "root" $ "role" "orders" "list" "extraVolumes"). */}}
{{- define "orderflow.extra" -}}
{{- with concat (index .root.Values.pods .list) (index .root.Values.roles .role .list) -}}
{{- toYaml . -}}
{{- end -}}
{{- end }}

{{/* Where and how the services' pods run. */}}
{{- define "orderflow.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pods.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pods.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pods.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pods.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.pods.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- end }}

{{- define "orderflow.postgresql" -}}
{{ include "orderflow.fullname" . }}-postgresql
{{- end }}

{{/* The Secret with a role's login, and the keys in it: (dict "root" $ "role" "orders" "migrator" false). */}}
{{- define "orderflow.databaseLogin" -}}
{{- $postgresql := .root.Values.postgresql -}}
{{- if eq $postgresql.mode "bundled" -}}
secret: {{ $postgresql.bundled.existingSecret | quote }}
passwordKey: {{ .role }}{{ if .migrator }}_migrator{{ end }}
username: {{ .role }}{{ if .migrator }}_migrator{{ end }}
{{- else -}}
{{- $database := index $postgresql.external.databases .role -}}
secret: {{ ternary $database.migratorSecret $database.existingSecret .migrator | quote }}
passwordKey: password
usernameKey: username
{{- end -}}
{{- end }}

{{/* Of which families a Service's addresses are, where it is said. */}}
{{- define "orderflow.ipFamilies" -}}
{{- with .Values.serviceIpFamilyPolicy }}ipFamilyPolicy: {{ . }}
{{ end -}}
{{- with .Values.serviceIpFamilies }}ipFamilies: {{ toJson . }}{{ end -}}
{{- end }}

{{/* A host as it stands in an address: IPv6 in brackets. */}}
{{- define "orderflow.host" -}}
{{ ternary (printf "[%s]" .) . (and (contains ":" .) (not (hasPrefix "[" .))) }}
{{- end }}

{{/* The file of own authorities in a pod; nothing where there are none. */}}
{{- define "orderflow.trustBundle" -}}
{{- if or .Values.trust.bundle.configMap .Values.trust.bundle.secret }}/etc/orderflow/trust/ca.crt{{ end -}}
{{- end }}

{{/* own: a Secret for the database alone names who signed its certificate. trust: the bundle does. Nothing: nobody asks. */}}
{{- define "orderflow.databaseAuthority" -}}
{{- $external := .Values.postgresql.external -}}
{{- if and (eq .Values.postgresql.mode "external") (hasPrefix "verify" $external.sslMode) -}}
{{ ternary "own" "trust" (not (empty $external.caSecret.name)) }}
{{- end -}}
{{- end }}

{{/* Where a role's database is. */}}
{{- define "orderflow.databaseUrl" -}}
{{- $postgresql := .root.Values.postgresql -}}
{{- if eq $postgresql.mode "bundled" -}}
jdbc:postgresql://{{ include "orderflow.postgresql" .root }}:5432/{{ .role }}?reWriteBatchedInserts=true&sslmode=disable
{{- else -}}
{{- $external := $postgresql.external -}}
{{- $database := index $external.databases .role -}}
jdbc:postgresql://{{ include "orderflow.host" ($database.host | default $external.host) }}:{{ $external.port }}/{{ $database.database }}?reWriteBatchedInserts=true&sslmode={{ $external.sslMode }}
{{- if ne $external.sslMode "disable" }}&channelBinding={{ $external.channelBinding }}{{ end }}
{{- if eq (include "orderflow.databaseAuthority" .root) "own" }}&sslrootcert=/etc/orderflow/database/ca.crt{{ end }}
{{- if eq (include "orderflow.databaseAuthority" .root) "trust" }}&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory{{ end }}
{{- end -}}
{{- end }}

{{/* The volumes that a service and its migration share: its secrets as files of a configuration tree, its login and what "more" adds, and what an installation adds. */}}
{{- define "orderflow.secretsVolume" -}}
{{- $login := fromYaml (include "orderflow.databaseLogin" .) -}}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      - secret:
          name: {{ $login.secret }}
          items:
            {{- with $login.usernameKey }}
            - {key: {{ . }}, path: spring.datasource.username}
            {{- end }}
            - {key: {{ $login.passwordKey }}, path: spring.datasource.password}
      {{- with .more }}
      {{- . | nindent 6 }}
      {{- end }}
{{- if eq (include "orderflow.databaseAuthority" .root) "own" }}
- name: database
  secret:
    secretName: {{ .root.Values.postgresql.external.caSecret.name }}
    defaultMode: 0440
    items:
      - {key: {{ .root.Values.postgresql.external.caSecret.key }}, path: ca.crt}
{{- end }}
{{- $bundle := .root.Values.trust.bundle }}
{{- if include "orderflow.trustBundle" .root }}
# A folder and not a file of it, so that a change arrives.
- name: trust
  {{- if $bundle.secret }}
  secret:
    secretName: {{ $bundle.secret }}
    defaultMode: 0440
  {{- else }}
  configMap:
    name: {{ $bundle.configMap }}
  {{- end }}
    items:
      - {key: {{ $bundle.key }}, path: ca.crt}
{{- end }}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- with include "orderflow.extra" (dict "root" .root "role" .role "list" "extraVolumes") }}
{{ . }}
{{- end }}
{{- end }}

{{- define "orderflow.secretsMounts" -}}
- {name: secrets, mountPath: /etc/orderflow/secrets, readOnly: true}
{{- if eq (include "orderflow.databaseAuthority" .root) "own" }}
- {name: database, mountPath: /etc/orderflow/database, readOnly: true}
{{- end }}
{{- if include "orderflow.trustBundle" .root }}
- {name: trust, mountPath: /etc/orderflow/trust, readOnly: true}
{{- end }}
- {name: tmp, mountPath: /tmp}
{{- with include "orderflow.extra" (dict "root" .root "role" .role "list" "extraVolumeMounts") }}
{{ . }}
{{- end }}
{{- end }}

{{/* The name of the Kafka resource. */}}
{{- define "orderflow.kafkaCluster" -}}
{{ .Values.kafka.existingCluster | default (.Files.Get "files/strimzi/kafka-orderflow.yaml" | fromYaml).metadata.name }}
{{- end }}

{{- define "orderflow.kafkaBootstrap" -}}
{{- if .Values.kafka.enabled -}}
{{ include "orderflow.kafkaCluster" . }}-kafka-bootstrap:{{ .Values.kafka.port }}
{{- else -}}
{{ .Values.kafka.external.bootstrap }}
{{- end -}}
{{- end }}

{{- define "orderflow.mailbox" -}}
{{ include "orderflow.fullname" . }}-mailbox
{{- end }}
