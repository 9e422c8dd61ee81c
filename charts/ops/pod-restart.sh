#!/usr/bin/env bash
# Replaces every pod of the API by a new one, a few at a time, so that the shop stays open.
#
# Usage: charts/ops/pod-restart.sh
# Needs: kubectl, jq; the right to read pods, and to read and change deployments
# Fails when the new pods do not become ready in ten minutes, or when an old one is still in service afterwards.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"

tell() {
    jq --raw-output '.[] | [.metadata.name, .metadata.creationTimestamp,
        ([.status.conditions[]? | select(.type == "Ready") | .status] | first // "Unknown")] | @tsv' <<<"$1" |
        table Pod Since Ready
}

before=$(pods_json)
heading 'Before'
tell "$before"

in_namespace rollout restart "$DEPLOYMENT" || fail 'The restart was refused: the message above says why.'
in_namespace rollout status "$DEPLOYMENT" --timeout "${PATIENCE}s" ||
    fail 'The new pods do not become ready: the old ones stay in service. See pod-health and pod-logs.'

after=$(pods_json)
heading 'After'
tell "$after"

# By their identity: a restarted container is still the same pod.
old=$(jq --argjson before "$before" '[.[].metadata.uid] - ([.[].metadata.uid] - [$before[].metadata.uid]) | length' \
    <<<"$after")
ready=$(jq '[.[] | select(any(.status.conditions[]?; .type == "Ready" and .status == "True"))] | length' <<<"$after")
if ((old > 0)); then fail "$old pods are still those of before."; fi
if ((ready == 0)); then fail 'No pod is ready.'; fi
succeed "$ready new pods are ready, and no old one is left."
