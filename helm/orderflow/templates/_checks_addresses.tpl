{{/* Addresses, hosts and rules of networks that are none, each on a line. */}}
{{- define "orderflow.checks.addresses" -}}
{{- $values := .Values -}}
{{- $name := "[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?[.]?" -}}
{{- $ipv6 := "(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,6})?::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,6})?)" -}}
{{- $within := printf "(%s|\\[%s\\])" $name $ipv6 -}}
{{- $port := "[1-9][0-9]{0,4}" -}}
{{- $octet := "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])" -}}
{{- $block := printf "^((%s[.]){3}%s/(3[0-2]|[12]?[0-9])|%s/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$" $octet $octet $ipv6 -}}

{{- $hosts := dict "postgresql.external.host" $values.postgresql.external.host "smtp.host" $values.smtp.host -}}
{{- range $role, $database := $values.postgresql.external.databases -}}
  {{- $_ := set $hosts (printf "postgresql.external.databases.%s.host" $role) $database.host -}}
{{- end -}}
{{- range $path, $host := $hosts -}}
{{- if and $host (not (regexMatch (printf "^(%s|%s)$" $within $ipv6) $host)) }}
{{ $path }}: {{ $host }} (expected: a name or an IP address alone, without a scheme, a port or a path)
{{- end -}}
{{- end -}}

{{- with $values.kafka.external.bootstrap -}}
{{- range $address := splitList "," . -}}
{{- if not (and (regexMatch (printf "^%s:%s$" $within $port) (trim $address)) (le (splitList ":" $address | last | int) 65535)) }}
kafka.external.bootstrap: {{ quote $address }} (expected: host:port between commas, each with a port, IPv6 in brackets)
{{- end -}}
{{- end -}}
{{- end -}}

{{- range $path, $url := dict "identity.keys" $values.identity.keys "payments.http.url" $values.payments.http.url -}}
{{- if and $url (not (and (regexMatch (printf "^https://%s(:%s)?([/?].*)?$" $within $port) $url) (le (include "orderflow.portOf" $url | int) 65535))) }}
{{ $path }}: {{ $url }} (expected: https:// and host or host:port, IPv6 in brackets)
{{- end -}}
{{- end -}}

{{- $peers := dict "kafka.external.to" $values.kafka.external.to "postgresql.external.to" $values.postgresql.external.to "payments.http.to" $values.payments.http.to "smtp.to" $values.smtp.to -}}
{{- range $key, $list := $values.networkPolicy -}}
  {{- $path := printf "networkPolicy.%s" $key -}}
  {{- if or (hasSuffix "From" $key) (has $key (list "dnsTo" "identityTo" "spansTo")) -}}
    {{- $_ := set $peers $path $list -}}
  {{- else if or (hasSuffix "To" $key) (hasPrefix "extraEgress" $key) -}}
    {{- range $index, $rule := $list -}}
      {{- $_ := set $peers (printf "%s[%d].to" $path $index) $rule.to -}}
      {{- with omit $rule "to" "ports" }}
{{ $path }}[{{ $index }}]: {{ keys . | sortAlpha | join ", " }} (expected: to and ports alone; a cluster drops what it does not know, and lets out to anywhere)
      {{- end -}}
      {{- $numbers := list -}}
      {{- range $rule.ports -}}
        {{- $last := .endPort | default .port -}}
        {{- if and (regexMatch "^[0-9]+$" (toString .port)) (not (kindIs "string" .port)) (ge (int .port) 1) (ge (int $last) (int .port)) (le (int $last) 65535) (not (omit . "port" "endPort" "protocol")) -}}
          {{- $numbers = append $numbers .port -}}
        {{- end -}}
      {{- end -}}
      {{- if or (not $numbers) (ne (len $numbers) (len $rule.ports)) }}
{{ $path }}[{{ $index }}].ports: {{ toJson $rule.ports }} (expected: some, each with the number of a port, 1 to 65535; endPort for many)
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- range $path, $list := $peers -}}
{{- range $index, $peer := $list -}}
{{- if or (not $peer) (omit $peer "podSelector" "namespaceSelector" "ipBlock") (and (hasKey $peer "ipBlock") (gt (len $peer) 1)) }}
{{ $path }}[{{ $index }}]: {{ toJson $peer }} (expected: podSelector and namespaceSelector, or ipBlock)
{{- end -}}
{{- range $selector := list "podSelector" "namespaceSelector" -}}
{{- if omit (index $peer $selector | default dict) "matchLabels" "matchExpressions" }}
{{ $path }}[{{ $index }}].{{ $selector }}: {{ index $peer $selector | toJson }} (expected: matchLabels, matchExpressions or nothing; a cluster drops what it does not know, and takes all pods)
{{- end -}}
{{- end -}}
{{- if hasKey $peer "ipBlock" -}}
{{- with omit $peer.ipBlock "cidr" "except" }}
{{ $path }}[{{ $index }}].ipBlock: {{ keys . | sortAlpha | join ", " }} (expected: cidr and except alone; a cluster drops what it does not know)
{{- end -}}
{{- range $cidr := prepend (dig "except" list $peer.ipBlock) (dig "cidr" "missing" $peer.ipBlock) -}}
{{- if not (regexMatch $block $cidr) }}
{{ $path }}[{{ $index }}].ipBlock: {{ $cidr }} (expected: an address and the length of its prefix, as 169.254.20.10/32)
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
