#!/usr/bin/env bash
# Does each pod of the API reach Redis, does it use it, and how often did the cache help?
#
# Usage: charts/ops/redis-status.sh
# Needs: kubectl, jq; the right to exec into pods
# Fails when there is no pod, when one does not reach Redis, and when one leaves it alone because it failed.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"

heading 'Redis'
bottega_in_each doctor --redis || fail 'Redis is not there for every pod: what each said is above.'

heading 'Cache'
list=$(pods)
unused=0
for pod in $list; do
    stats=$(bottega_in "$pod" cache stats 2>&1) || fail "Pod $pod does not tell how its cache is doing: $stats"
    say "**$pod**"
    block <<<"$stats"
    if ! grep --quiet '^redis: *in use' <<<"$stats"; then unused=$((unused + 1)); fi
done
if ((unused > 0)); then fail "$unused pods do not use Redis, though it answers: wait a minute, and ask again."; fi
succeed 'Every pod reaches Redis and uses it.'
