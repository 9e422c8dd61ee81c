#!/usr/bin/env bash
# Is it this commit that visitors reach, and does it work? The API tells its commit, the page and what it loads are there,
# and the catalogue answers.
#
# Usage: .github/scripts/smoke.sh --commit COMMIT
# Reads: PUBLIC_URL
# Needs: curl, jq
# Fails when after ten minutes another commit answers, or when one of them is not there.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

commit=''
options commit -- "$@"
commit_only "$commit"
needs_public_url

# The answer's body is in $WORK/body when it is 200.
answers() {
    ask "$PUBLIC_URL$1" "$WORK/body" >"$WORK/answer" 2>"$WORK/why" && [[ $(cut -f 1 "$WORK/answer") == 200 ]]
}

is_deployed() {
    answers /api/health && jq --exit-status --arg commit "$commit" '.commit as $c | ($c | length) >= 7
        and ($commit | startswith($c))' "$WORK/body" >"$WORK/null" 2>&1
}

catalogue_answers() {
    answers '/api/catalog/products?limit=1' && jq --exit-status .data "$WORK/body" >"$WORK/null" 2>&1
}

heading 'Smoke test'
becomes is_deployed || fail "Another commit than $commit answers, or none: $(head -c 300 "$WORK/body" 2>&1)"
becomes catalogue_answers || fail 'The catalogue does not answer.'
answers / || fail 'The page is not there.'
parts=$(grep --only-matching --extended-regexp '/[A-Za-z0-9_-]+-[0-9a-f]{14,}[A-Za-z0-9_.]*\.(js|wasm|css)' "$WORK/body" |
    sort --unique) || fail 'The page loads nothing: is it the storefront?'
for file in $parts; do
    answers "$file" || fail "The page loads $file, which is not there."
done
succeed "$commit answers, and the page has its $(wc -l <<<"$parts") parts."
