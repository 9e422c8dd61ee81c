#!/usr/bin/env bash
# Has the CDN forget, and waits until it has everywhere.
#
# Usage: charts/ops/cloudfront-invalidate.sh --paths storefront|api|all
#   --paths  storefront: the pages (what they load has names of its own and never changes); api: the API's answers
# Reads: CDN_DISTRIBUTION_ID
# Needs: aws, jq; the right to make and read invalidations of that distribution
# Fails when the invalidation is refused, or not complete in ten minutes.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

paths=''
options paths -- "$@"
one_of paths "$paths" storefront api all
needs CDN_DISTRIBUTION_ID '[A-Z0-9]{8,20}' "the CDN's id, like E2EXAMPLE1"

case $paths in
    storefront) patterns=(/ /index.html) ;;
    api) patterns=('/api/*') ;;
    all) patterns=('/*') ;;
esac

is_complete() {
    aws cloudfront get-invalidation --distribution-id "$CDN_DISTRIBUTION_ID" --id "$id" --output json \
        >"$WORK/invalidation" || fail "The CDN does not tell about invalidation $id: the message above says why."
    jq --exit-status '.Invalidation.Status == "Completed"' "$WORK/invalidation" >"$WORK/null"
}

heading "Invalidation: $paths"
made=$(aws cloudfront create-invalidation --distribution-id "$CDN_DISTRIBUTION_ID" --paths "${patterns[@]}" \
    --output json) || fail 'The invalidation was refused: the message above says why.'
id=$(jq --raw-output .Invalidation.Id <<<"$made")
becomes is_complete || fail "Invalidation $id is not complete after $PATIENCE seconds."
printf '%s\t%s\t%s\n' "$id" "${patterns[*]}" "$(jq --raw-output .Invalidation.Status "$WORK/invalidation")" |
    table Invalidation Paths Status
succeed "The CDN has forgotten ${patterns[*]}."
