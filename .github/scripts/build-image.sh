#!/usr/bin/env bash
# Builds the image of this checkout and keeps it in a file.
#
# Usage: .github/scripts/build-image.sh --commit COMMIT --file FILE
# Needs: docker
# Fails when the image cannot be built, when it does not tell its version, or when it weighs more than 60 MB.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

commit='' file=''
options commit file -- "$@"
commit_only "$commit"
if [[ ! $file =~ ^[A-Za-z0-9_./-]+$ ]]; then refuse "--file is '$file', and must be a file's path."; fi

docker build --file api/Dockerfile --build-arg "COMMIT=$commit" --tag "bottega:$commit" . ||
    fail 'The image cannot be built: the messages above say why.'
docker run --rm "bottega:$commit" --version || fail 'The image does not start.'
size=$(docker image inspect --format '{{.Size}}' "bottega:$commit")
if ((size > 60000000)); then fail "The image weighs $size bytes, and may weigh 60 MB."; fi
docker save --output "$file" "bottega:$commit" || fail "The image cannot be kept in $file."
heading Image
printf 'bottega:%s\t%s\n' "$commit" "$size" | table Image Bytes
succeed "The image of $commit is built."
