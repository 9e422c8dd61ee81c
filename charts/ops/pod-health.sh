#!/usr/bin/env bash
# Are the API's pods well? Their state, restarts and use of memory and processor, and the namespace's latest warnings.
#
# Usage: charts/ops/pod-health.sh
# Needs: kubectl, jq; the right to read pods, deployments, events and metrics
# Fails when there is no pod, when one is not ready, or when fewer are ready than the deployment asks for.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"

list=$(pods_json)
wanted=$(read_json "$DEPLOYMENT")
events=$(read_json events --field-selector type=Warning)

heading 'Pods'
jq --raw-output '.[] | [
        .metadata.name,
        (.status.phase // "unknown"),
        ([.status.conditions[]? | select(.type == "Ready") | .status] | first // "Unknown"),
        ([.status.containerStatuses[]?.restartCount] | add // 0),
        ([.status.containerStatuses[]? | .state.waiting.reason // .lastState.terminated.reason // empty] | join(" ")
            | if . == "" then "-" else . end),
        (.spec.nodeName // "none yet")
    ] | @tsv' <<<"$list" | table Pod Phase Ready Restarts Reason Node

heading 'Use'
# The shop can be well while nobody measures it.
in_namespace top pods --selector "$API_PODS" 2>&1 | block || say 'Nobody measures: the metrics server does not answer.'

heading 'Latest warnings'
jq --raw-output '[.items | sort_by(.lastTimestamp // .eventTime // "") | .[-10:][] | [
        (.lastTimestamp // .eventTime // "-"), .involvedObject.name, .reason, (.message // "-" | gsub("\\s+"; " "))
    ] | @tsv] | .[]' <<<"$events" | table When What Reason Message

ready=$(jq '[.[] | select(any(.status.conditions[]?; .type == "Ready" and .status == "True"))] | length' <<<"$list")
all=$(jq length <<<"$list")
replicas=$(jq '.spec.replicas // 1' <<<"$wanted")
if ((all == 0)); then fail "No pod of the API runs in the namespace $NAMESPACE."; fi
if ((ready < all || ready < replicas)); then
    fail "$ready of $all pods are ready, and $replicas are wanted."
fi
succeed "$ready of $all pods are ready, $replicas are wanted."
