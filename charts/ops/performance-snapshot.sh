#!/usr/bin/env bash
# How fast is the shop now? What pods and nodes use, how long each pod's answers took since it started, and how long ten
# requests take through the public address.
#
# Usage: charts/ops/performance-snapshot.sh
# Reads: PUBLIC_URL
# Needs: kubectl, jq, curl; the right to read pods, nodes, metrics and autoscalers, and to forward pods' ports
# Fails when there is no pod, when use or a pod's metrics cannot be read, and when a request fails.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"
needs_public_url

# From the histogram of a pod: how many answers, and within which time half and 19 of 20 of them were given.
percentiles() {
    awk -v pod="$1" '
        /^http_request_duration_seconds_bucket/ {
            match($0, /le="[^"]*"/)
            le = substr($0, RSTART + 4, RLENGTH - 5)
            if (!(le in count)) order[++buckets] = le
            count[le] += $NF
        }
        # Within a bucket answers are taken to be spread evenly.
        function within(share,    i, below, reached, from) {
            for (i = 1; i <= buckets; i++) {
                reached = count[order[i]]
                if (reached >= share * total) {
                    if (order[i] == "+Inf") return "more than " from * 1000 " ms"
                    return sprintf("%.1f ms", (from + (order[i] - from) * (share * total - below) / (reached - below)) * 1000)
                }
                below = reached; from = order[i]
            }
        }
        END {
            total = count["+Inf"]
            if (total == 0) exit 1
            printf "%s\t%d\t%s\t%s\n", pod, total, within(0.5), within(0.95)
        }'
}

list=$(pods)

heading 'Use'
in_namespace top pods --selector "$API_PODS" >"$WORK/pods" || fail 'Nobody measures the pods: does the metrics server run?'
kubectl top nodes >"$WORK/nodes" || fail 'Nobody measures the nodes: does the metrics server run?'
block <"$WORK/pods"
block <"$WORK/nodes"
scaling=$(read_json "$AUTOSCALER")
jq --raw-output '[.spec.minReplicas, .spec.maxReplicas, (.status.currentReplicas // 0)] | @tsv' <<<"$scaling" |
    table 'At least' 'At most' 'Pods now'

heading 'Answers since each pod started'
for pod in $list; do
    forward "$pod" 9090
    ask "http://$FORWARDED/metrics" "$WORK/metrics" >"$WORK/answer" 2>"$WORK/why" ||
        fail "Pod $pod does not tell its metrics: $(cat "$WORK/why")"
    percentiles "$pod" <"$WORK/metrics" >>"$WORK/answers" || fail "Pod $pod has counted no answer, or tells no metrics."
done
table Pod Answers 'Half within' '95 % within' <"$WORK/answers"

heading 'Ten requests through the public address'
for path in / /api/health '/api/catalog/products?limit=20' '/api/search?q=lamp'; do
    for _ in {1..10}; do
        ask "$PUBLIC_URL$path" "$WORK/body" 2>"$WORK/why" || fail "$path does not answer: $(cat "$WORK/why")"
    done >"$WORK/times"
    if cut -f 1 "$WORK/times" | grep --quiet --invert-match --line-regexp 200; then
        fail "$path answers $(cut -f 1 "$WORK/times" | sort | uniq --count | tr -s ' \n' ' ')instead of 200."
    fi
    cut -f 2 "$WORK/times" | sort --numeric-sort |
        awk -v path="$path" '{ms[NR] = $1 * 1000} END {printf "%s\t%.1f ms\t%.1f ms\t%.1f ms\n", path, ms[1], ms[5], ms[NR]}' \
            >>"$WORK/requests"
done
table Path Quickest Median Slowest <"$WORK/requests"
succeed 'The snapshot is complete.'
