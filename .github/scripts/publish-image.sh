#!/usr/bin/env bash
# Pushes an image to ECR under the commit it was built from. Tags are immutable: one that is there already is left alone.
#
# Usage: .github/scripts/publish-image.sh --commit COMMIT --image FILE
# Reads: IMAGE_REPOSITORY
# Needs: docker, aws
# Fails when the registry refuses, or does not have the image afterwards.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

commit='' image=''
options commit image -- "$@"
commit_only "$commit"
if [[ ! -f $image ]]; then refuse "--image is '$image', which is no file."; fi
needs_image_repository

is_there() {
    aws ecr describe-images --repository-name "${IMAGE_REPOSITORY#*/}" --image-ids "imageTag=$commit" \
        --output json >"$WORK/described" 2>"$WORK/why"
}

if is_there; then
    succeed "The image of $commit is there already."
    exit
fi
log_in_to_registry
docker load --input "$image"
docker tag "bottega:$commit" "$IMAGE_REPOSITORY:$commit"
docker push "$IMAGE_REPOSITORY:$commit" || fail 'The registry refuses the image: the messages above say why.'
is_there || fail "The registry does not have the image of $commit: $(cat "$WORK/why")"
succeed "$IMAGE_REPOSITORY:$commit"
