#!/usr/bin/env bash
# Has every pod of the API forget what it keeps, and proves that it did. The CDN and browsers keep theirs for a minute
# more: cloudfront-invalidate has the CDN forget.
#
# Usage: charts/ops/clear-cache.sh --what catalog|search|users|all
#   --what  catalog: categories and products; search: what is found and suggested; users: accounts and their rights
# Needs: kubectl, jq, curl; the right to exec into pods and to forward their ports
# Fails when there is no pod, when the clearing is refused, and when a pod still answers from what it kept before.
# What is kept of users cannot be asked for without being one: of these, only that the change was committed is shown.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

what=''
options what -- "$@"
one_of what "$what" catalog search users all
tags=()
if [[ $what != all ]]; then tags=(--tag "$what"); fi
# Questions nobody else asks, and each pod its own, so that only the clearing can make it forget their answers.
questions() {
    local number=$1
    if [[ $what == catalog || $what == all ]]; then echo "/api/catalog/products?limit=1&page=$((10000 + number))"; fi
    if [[ $what == search || $what == all ]]; then echo "/api/search?q=probe$number"; fi
}

# Asks a pod, and sets `source` to where it has the answer from.
ask_pod() {
    local status
    ask "http://$1" "$WORK/body" --dump-header "$WORK/headers" >"$WORK/answer" 2>"$WORK/why" ||
        fail "A pod does not answer: $(cat "$WORK/why")"
    status=$(cut -f 1 "$WORK/answer")
    if [[ $status != 200 ]]; then fail "A pod answers $status at /${1#*/}."; fi
    source=$(sed -n 's/^cache-status: *\([^\r]*\).*/\1/Ip' "$WORK/headers")
}

is_kept() {
    ask_pod "$1"
    [[ $source == *detail=memory ]]
}

list=$(pods)
kept=()
number=$((RANDOM % 10000))
heading "Clearing: $what"
for pod in $list; do
    asked=$(questions "$number")
    number=$((number + 1))
    for question in $asked; do
        if [[ ${forwarded:-} != "$pod" ]]; then forward "$pod" 4000 && forwarded=$pod; fi
        becomes is_kept "$FORWARDED$question" || fail "Pod $pod keeps nothing: is its cache turned off?"
        kept+=("$pod"$'\t'"$FORWARDED$question")
    done
done

# One pod's word reaches every other: they all look at the same table.
said=$(bottega_in "${list%%$'\n'*}" cache clear "${tags[@]}" 2>&1) || fail "The clearing was refused: $said"
block <<<"$said"
# Each server looks within a second.
sleep 1

still=''
for entry in "${kept[@]}"; do
    pod=${entry%%$'\t'*} question=${entry#*$'\t'}
    if is_kept "$question"; then still+=" $pod"; fi
    printf '%s\t%s\t%s\n' "$pod" "/${question#*/}" "$source" >>"$WORK/proof"
done
if [[ -e $WORK/proof ]]; then table Pod 'Kept before' 'Afterwards from' <"$WORK/proof"; fi
if [[ -n $still ]]; then fail "Pods that still answer from what they kept before:$still."; fi
if ((${#kept[@]} == 0)); then succeed "The change is committed: every pod forgets within a second."; exit; fi
succeed "All $(wc -l <<<"$list") pods have forgotten."
