#!/usr/bin/env bash
# Takes the storefront out of a commit's image, with the content security policy the server gives its page.
#
# Usage: .github/scripts/fetch-storefront.sh --commit COMMIT --folder FOLDER
#   --folder  where the files go; the policy goes beside it, into FOLDER.policy
# Reads: IMAGE_REPOSITORY
# Needs: docker, aws, curl
# Fails when there is no such image, when it does not start or stops, or when its page comes without a policy.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

commit='' folder=''
options commit folder -- "$@"
commit_only "$commit"
if [[ ! $folder =~ ^[A-Za-z0-9_./-]+$ ]]; then refuse "--folder is '$folder', and must be a folder's path."; fi
needs_image_repository

log_in_to_registry
# In development it needs nothing beside itself, and its pages are the same.
container=$(docker run --detach --publish 127.0.0.1::4000 --tmpfs /data:uid=65532 --workdir /data \
    --env APP_ENV=development "$IMAGE_REPOSITORY:$commit") || fail "The image of $commit does not start."
stop_it() {
    docker rm --force "$container" >"$WORK/null" 2>&1 || true
    clean_up
}
trap stop_it EXIT
address=$(docker port "$container" 4000/tcp) || fail "The image of $commit stops at once: $(docker logs "$container" 2>&1 | tail -n 1)"

page_is_there() {
    if [[ $(docker inspect --format '{{.State.Running}}' "$container") != true ]]; then
        fail "The image of $commit stops: $(docker logs "$container" 2>&1 | tail -n 1)"
    fi
    ask "http://$address/" "$WORK/page" --dump-header "$WORK/headers" >"$WORK/answer" 2>"$WORK/why" &&
        [[ $(cut -f 1 "$WORK/answer") == 200 ]]
}
becomes page_is_there || fail "The image of $commit shows no page."
sed -n 's/^content-security-policy: *\([^\r]*\).*/\1/Ip' "$WORK/headers" >"$folder.policy"
if [[ ! -s $folder.policy ]]; then fail "The page of $commit comes without a content security policy."; fi
mkdir -p "$folder"
docker cp "$container:/srv/web/." "$folder"
succeed "The storefront of $commit is in $folder."
