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
needs_distribution

case $paths in
    storefront) patterns=(/ /index.html) ;;
    api) patterns=('/api/*') ;;
    all) patterns=('/*') ;;
esac

heading "Invalidation: $paths"
invalidate "${patterns[@]}"
succeed "The CDN has forgotten ${patterns[*]}."
