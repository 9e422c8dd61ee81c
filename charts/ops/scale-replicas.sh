#!/usr/bin/env bash
# Sets between how many pods the autoscaler may choose, and waits until so many are ready. It holds until somebody syncs
# Argo CD: what is to last goes into charts/bottega/values-demo.yaml.
#
# Usage: charts/ops/scale-replicas.sh --minimum N --maximum N
#   --minimum  the least, from 2 to 7: with fewer than two the shop closes at every deployment
#   --maximum  the most, from 2 to 7: more than the cluster's nodes can hold
# Needs: kubectl, jq; the right to read deployments, and to read and change autoscalers
# Fails when the autoscaler does not take the bounds, or when the pods are not between them in ten minutes.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

minimum='' maximum=''
options minimum maximum -- "$@"
whole_number minimum "$minimum" 2 7
whole_number maximum "$maximum" 2 7
if ((minimum > maximum)); then refuse "--minimum $minimum is more than --maximum $maximum."; fi

tell() {
    jq --raw-output '[.spec.minReplicas, .spec.maxReplicas, (.status.currentReplicas // 0)] | @tsv' <<<"$1" |
        table 'At least' 'At most' Now
}

is_between() {
    local deployment
    deployment=$(read_json "$DEPLOYMENT") || exit
    jq --exit-status --argjson least "$minimum" --argjson most "$maximum" \
        '.spec.replicas >= $least and .spec.replicas <= $most and (.status.readyReplicas // 0) == .spec.replicas' \
        <<<"$deployment" >"$WORK/null"
}

heading 'Before'
scaling=$(read_json "$AUTOSCALER")
tell "$scaling"

in_namespace patch "$AUTOSCALER" --type merge \
    --patch "{\"spec\":{\"minReplicas\":$minimum,\"maxReplicas\":$maximum}}" ||
    fail 'The autoscaler was not changed: the message above says why.'

becomes is_between || fail "The pods are not between $minimum and $maximum, all ready, after $PATIENCE seconds: see pod-health."

heading 'After'
scaling=$(read_json "$AUTOSCALER")
tell "$scaling"
jq --exit-status --argjson least "$minimum" --argjson most "$maximum" \
    '.spec.minReplicas == $least and .spec.maxReplicas == $most' <<<"$scaling" >"$WORK/null" ||
    fail 'Somebody has set other bounds meanwhile.'
succeed "The autoscaler chooses between $minimum and $maximum pods, and so many are ready."
