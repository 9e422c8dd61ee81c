{{/* How every application is brought about: when somebody says so, and only whole. */}}
{{- define "argocd.sync" -}}
# No `automated`: a deployment is somebody's decision.
syncOptions:
  # Kubernetes itself says what would change: what its controllers fill in is no difference.
  - ServerSideApply=true
  - PrunePropagationPolicy=foreground
  - PruneLast=true
  {{- range . }}
  - {{ . }}
  {{- end }}
retry:
  limit: 3
  backoff: {duration: 5s, factor: 2, maxDuration: 3m}
{{- end }}

{{- define "argocd.annotations" -}}
argocd.argoproj.io/compare-options: ServerSideDiff=true
{{- end }}
