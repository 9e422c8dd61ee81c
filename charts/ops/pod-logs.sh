#!/usr/bin/env bash
# The last lines each pod of the API has logged.
#
# Usage: charts/ops/pod-logs.sh [--lines 50|100|200|500] [--run current|previous]
#   --lines  how many of each pod (100)
#   --run    what the container logs that runs now, or what the one did that was restarted (current)
# Needs: kubectl, jq; the right to read pods and their logs
# Fails when there is no pod, or when a pod's log cannot be read.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

lines=100 run=current
options lines run -- "$@"
one_of lines "$lines" 50 100 200 500
one_of run "$run" current previous
which=()
if [[ $run == previous ]]; then which=(--previous); fi

list=$(pods)
unread=0
for pod in $list; do
    heading "$pod"
    in_namespace logs "$pod" --container bottega --tail "$lines" "${which[@]}" >"$WORK/log" 2>"$WORK/why" || {
        unread=$((unread + 1))
        cat "$WORK/why" >>"$WORK/log"
    }
    block <"$WORK/log"
done
if ((unread > 0)); then fail "The log of $unread pods cannot be read: what is shown above says why."; fi
succeed "The last $lines lines of each of $(wc -l <<<"$list") pods."
