#!/usr/bin/env bash
# Does the shop answer, as visitors reach it, and is what each pod depends on there?
#
# Usage: charts/ops/service-health.sh [--endpoint all|health|ready|products]
#   --endpoint  health: the process, through the public address; products: the catalogue, through the public address;
#               ready: the database and Redis, asked by each pod of itself, as the CDN forwards only /api (all)
# Reads: PUBLIC_URL
# Needs: curl, jq; kubectl and the right to exec into pods for `ready`
# Fails when an answer is late (ten seconds), not 200 or not JSON, when the catalogue is shown from memory because the
# database is away, and when a pod is not ready.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

endpoint=all
options endpoint -- "$@"
one_of endpoint "$endpoint" all health ready products
needs_public_url

broken=0

# Asks once through the public address, and adds a line of what came to the report's table.
check() {
    local path=$1 status=none time=- type=- verdict='does not answer'
    if ask "$PUBLIC_URL$path" "$WORK/body" --dump-header "$WORK/headers" >"$WORK/answer" 2>"$WORK/why"; then
        IFS=$'\t' read -r status time type <"$WORK/answer"
        verdict=$(judge "$status" "$type")
    else
        verdict="does not answer: $(tr '\n\t' '  ' <"$WORK/why")"
    fi
    if [[ $verdict != well ]]; then broken=$((broken + 1)); fi
    printf '%s\t%s\t%s s\t%s\n' "$path" "$status" "$time" "$verdict" >>"$WORK/checks"
}

judge() {
    local status=$1 type=$2
    if [[ $status != 200 ]]; then
        echo "answers $status"
    elif [[ $type != application/json* ]] || ! jq --exit-status . "$WORK/body" >"$WORK/null" 2>&1; then
        echo "is no JSON but '${type:-nothing}'"
    elif grep --ignore-case --quiet '^cache-status:.*database-away' "$WORK/headers"; then
        echo 'is shown from memory: the database is away'
    else
        echo well
    fi
}

heading 'Service'
if [[ $endpoint == all || $endpoint == health ]]; then check /api/health; fi
if [[ $endpoint == all || $endpoint == products ]]; then check '/api/catalog/products?limit=1'; fi
if [[ -e $WORK/checks ]]; then table Endpoint Status Time Verdict <"$WORK/checks"; fi
if [[ $endpoint == all || $endpoint == ready ]]; then
    # Strictly: without it a pod whose database is away stays in service, and says 200.
    bottega_in_each doctor --http 'http://127.0.0.1:4000/ready?strict=true' || broken=$((broken + 1))
fi
if ((broken > 0)); then fail "$broken checks of the service failed: see above."; fi
succeed 'The service is well.'
