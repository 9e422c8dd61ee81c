#!/usr/bin/env bash
# What is deployed: the image each pod runs, the replica sets, the bounds of scaling, and what Argo CD thinks of it.
#
# Usage: charts/ops/deployment-info.sh
# Needs: kubectl, jq; the right to read deployments, replica sets, pods, autoscalers and Argo CD's applications
# Fails when something of it cannot be read, and while not every pod runs the deployment's image.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"

deployment=$(read_json "$DEPLOYMENT")
sets=$(read_json replicasets --selector "$API_PODS")
list=$(pods_json)
scaling=$(read_json "$AUTOSCALER")
application=$(kubectl --namespace argocd get application.argoproj.io/bottega --output json) ||
    fail 'Argo CD does not tell about the application: the message above says why.'
image=$(jq --raw-output '.spec.template.spec.containers[] | select(.name == "bottega") | .image' <<<"$deployment")

heading 'Deployment'
jq --raw-output --arg image "$image" '[$image, .spec.replicas, (.status.readyReplicas // 0),
    (.metadata.annotations["deployment.kubernetes.io/revision"] // "-")] | @tsv' <<<"$deployment" |
    table Image Wanted Ready Revision
jq --raw-output '[.spec.minReplicas, .spec.maxReplicas, (.status.currentReplicas // 0)] | @tsv' <<<"$scaling" |
    table 'At least' 'At most' Now
jq --raw-output '[.status.sync.status, .status.health.status, (.status.sync.revision // "-")] | @tsv' \
    <<<"$application" | table 'Argo CD: sync' Health Revision

heading 'Pods'
jq --raw-output '.[] | [.metadata.name, .metadata.creationTimestamp,
    (.spec.containers[] | select(.name == "bottega") | .image),
    ([.status.containerStatuses[]?.imageID] | first // "none yet")] | @tsv' <<<"$list" |
    table Pod Since Image Digest

heading 'Replica sets'
jq --raw-output '.items | sort_by(.metadata.creationTimestamp) | reverse | .[:5][] | [.metadata.name,
    .metadata.creationTimestamp, (.spec.replicas // 0),
    (.spec.template.spec.containers[] | select(.name == "bottega") | .image)] | @tsv' <<<"$sets" |
    table 'Replica set' Since Wanted Image

others=$(jq --arg image "$image" '[.[] | select(any(.spec.containers[]; .name == "bottega" and .image != $image))]
    | length' <<<"$list")
if [[ $(jq length <<<"$list") == 0 ]]; then fail "No pod of the API runs in the namespace $NAMESPACE."; fi
if ((others > 0)); then fail "$others pods run another image than $image: a rollout is under way, or stuck."; fi
succeed "Every pod runs $image."
