#!/usr/bin/env bash
# Puts the storefront where the CDN takes it from, so that nobody is shown a page whose parts are not there: first what
# has a hash in its name and never changes, then what else the page loads, the page itself last. What no page of the last
# two releases loads goes after some days.
#
# Usage: .github/scripts/upload-storefront.sh --folder FOLDER --part parts|page [--keep-days N]
#   --folder     the built storefront; its page's policy is in FOLDER.policy
#   --part       parts: everything but the page; page: index.html, then what is out of date goes from CDN and bucket
#   --keep-days  how long what is no longer loaded stays, from 1 to 365 (30)
# Reads: STOREFRONT_BUCKET, CDN_DISTRIBUTION_ID
# Needs: aws, jq
# Fails when there is no page, when the bucket refuses a file, and when the CDN does not forget the old page.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

folder='' part='' keep_days=30
options folder part keep_days -- "$@"
one_of part "$part" parts page
whole_number keep-days "$keep_days" 1 365
if [[ ! -f $folder/index.html || ! -s $folder.policy ]]; then refuse "--folder is '$folder', which holds no storefront."; fi
needs STOREFRONT_BUCKET '[a-z0-9.-]{3,63}' "the bucket of the storefront's files"
needs_distribution

# What Trunk names by its content, as the server tells it apart, too.
is_hashed() { [[ ${1##*/} =~ [-_][0-9a-f]{14,}[-_.] ]]; }

# The files to upload, relative to the folder. The compressed siblings are for the server: the CDN compresses itself.
files() { (cd "$folder" && find . -type f ! -name '*.br' ! -name '*.gz' ! -name '.*' -printf '%P\n' | sort); }

upload() {
    local file=$1 caching=$2
    shift 2
    local kind=()
    if [[ $file == *.wasm ]]; then kind=(--content-type application/wasm); fi
    aws s3 cp "$folder/$file" "s3://$STOREFRONT_BUCKET/$file" --only-show-errors --cache-control "$caching" \
        "${kind[@]}" "$@" || fail "The bucket does not take $file: the message above says why."
}

upload_parts() {
    local file count=0
    while read -r file; do
        if is_hashed "$file"; then upload "$file" 'public, max-age=31536000, immutable' && count=$((count + 1)); fi
    done < <(files)
    if ((count == 0)); then fail "Nothing in $folder has a hash in its name: was it built for release?"; fi
    while read -r file; do
        if ! is_hashed "$file" && [[ $file != index.html ]]; then upload "$file" 'public, max-age=86400, stale-while-revalidate=604800'; fi
    done < <(files)
    succeed "The parts of the page are there, $count of them for good."
}

upload_page() {
    upload index.html no-cache --content-type 'text/html; charset=utf-8' \
        --metadata "$(jq --null-input --compact-output --rawfile policy "$folder.policy" \
            '{"content-security-policy": ($policy | rtrimstr("\n"))}')"
}

# Everything without a hash in its name: of a folder of such files all at once.
out_of_date() {
    printf '%s\n' /
    files | while read -r file; do
        if ! is_hashed "$file"; then if [[ $file == */* ]]; then echo "/${file%%/*}/*"; else echo "/$file"; fi; fi
    done | sort --unique
}

# What neither this release nor the one before it has, and was uploaded long enough ago. Whoever has the old page open
# still loads its parts.
remove_old() {
    local replaced=$1 limit file
    limit=$(date --utc --date "$keep_days days ago" +%Y-%m-%dT%H:%M:%S)
    # The release before came with its page: its parts were uploaded not long before.
    if [[ -n $replaced ]]; then replaced=$(date --utc --date "$replaced 1 hour ago" +%Y-%m-%dT%H:%M:%S); fi
    if [[ -n $replaced && $replaced < $limit ]]; then limit=$replaced; fi
    aws s3api list-objects-v2 --bucket "$STOREFRONT_BUCKET" --output json >"$WORK/objects" ||
        fail 'The bucket does not tell what it holds: the message above says why.'
    files >"$WORK/files"
    jq --raw-output --arg limit "$limit" --rawfile files "$WORK/files" '($files | split("\n")) as $present
        | .Contents[]? | select(.LastModified < $limit) | .Key | select(IN($present[]) | not)' "$WORK/objects" |
        while read -r file; do
            aws s3 rm "s3://$STOREFRONT_BUCKET/$file" --only-show-errors || fail "The bucket does not let go of $file."
        done
}

if [[ $part == parts ]]; then
    upload_parts
    exit
fi
replaced=$(aws s3api head-object --bucket "$STOREFRONT_BUCKET" --key index.html --query LastModified --output text \
    2>"$WORK/why" || true)
upload_page
mapfile -t patterns < <(out_of_date)
heading 'Storefront'
invalidate "${patterns[@]}"
remove_old "$replaced"
succeed 'The new page is shown.'
