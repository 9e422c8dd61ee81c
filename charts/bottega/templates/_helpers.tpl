{{/* What every object is called by. */}}
{{- define "bottega.labels" -}}
app.kubernetes.io/name: bottega
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* What the pods of the API are found by. Never changes: a Deployment's selector cannot. */}}
{{- define "bottega.api" -}}
app.kubernetes.io/name: bottega
app.kubernetes.io/component: api
{{- end }}

{{/* What the pods of the migration are found by. */}}
{{- define "bottega.migration" -}}
app.kubernetes.io/name: bottega
app.kubernetes.io/component: migration
{{- end }}

{{/*
When an object comes, relative to the pods (0). Helm has no waves: it creates what is no hook in an order of its own,
and pods wait by themselves for a ConfigMap or a Secret.
*/}}
{{- define "bottega.wave" -}}
{{- if eq .root.Values.deployedBy "argocd" -}}
annotations:
  argocd.argoproj.io/sync-wave: {{ .wave | quote }}
{{- end }}
{{- end }}

{{/*
What the migration needs comes before it under both: for Argo CD as an ordinary object of an earlier wave, which it
waits for; for Helm as a hook of a lower weight, because Helm runs hooks before it creates anything else. Helm
removes it again when the migration has succeeded, so that the owner's password does not stay in the cluster.
*/}}
{{- define "bottega.beforeMigration" -}}
annotations:
{{- if eq .root.Values.deployedBy "argocd" }}
  argocd.argoproj.io/sync-wave: {{ .wave | quote }}
{{- else }}
  helm.sh/hook: pre-install,pre-upgrade
  helm.sh/hook-weight: {{ .wave | quote }}
  helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}
{{- end }}

{{/* The pod's part of the restricted Pod Security Standard. 65532 is the image's own user. */}}
{{- define "bottega.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* The container's part of it. */}}
{{- define "bottega.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "bottega.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end }}

{{/* Who a rule of a NetworkPolicy is about: addresses outside the cluster, and pods of this namespace. */}}
{{- define "bottega.peers" -}}
{{- range .cidrs }}
- ipBlock:
    cidr: {{ . }}
{{- end }}
{{- with .podLabels }}
- podSelector:
    matchLabels:
      {{- toYaml . | nindent 6 }}
{{- end }}
{{- end }}

{{- define "bottega.dnsRule" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
      podSelector:
        matchLabels:
          k8s-app: kube-dns
  ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
{{- end }}

{{- define "bottega.databaseRule" -}}
- to:
    {{- include "bottega.peers" .Values.networkPolicy.database | nindent 4 }}
  ports:
    - {protocol: TCP, port: 5432}
{{- end }}

{{/* One field of a secret in AWS. */}}
{{- define "bottega.remote" -}}
- secretKey: {{ .as }}
  remoteRef:
    key: {{ .key }}
    property: {{ .property }}
{{- end }}

{{/*
The application's own way to the database. Passwords may hold anything, so they are encoded; `urlquery` writes a
space as `+`, which only the part of an address behind the `?` understands.
*/}}
{{- define "bottega.databaseUrl" -}}
{{ `postgres://{{ .username | urlquery }}:{{ .password | urlquery | replace "+" "%20" }}@{{ .host }}:{{ .port }}/{{ .dbname }}?sslmode=verify-full&sslrootcert=/etc/ssl/certs/rds.pem` }}
{{- end }}

{{/* The owner's, who may change tables. */}}
{{- define "bottega.ownerUrl" -}}
{{ `postgres://{{ .owner_username | urlquery }}:{{ .owner_password | urlquery | replace "+" "%20" }}@{{ .host }}:{{ .port }}/{{ .dbname }}?sslmode=verify-full&sslrootcert=/etc/ssl/certs/rds.pem` }}
{{- end }}
