#!/usr/bin/env bash
# May this commit be deployed? It is on main, everything about it was found right, and its image is there.
#
# Usage: .github/scripts/check-promotion.sh --commit COMMIT
# Reads: IMAGE_REPOSITORY, GH_TOKEN, GITHUB_REPOSITORY
# Needs: git with the whole history, gh, aws, kubectl, jq
# Fails when the commit is not on main, when the workflow `ci` has not succeeded for it, when there is no image of it, or
# while Argo CD is busy with the shop.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

commit=''
options commit -- "$@"
commit_only "$commit"
needs_image_repository
needs GITHUB_REPOSITORY '[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+' "this repository's name, like owner/name"

git merge-base --is-ancestor "$commit" origin/main || fail "$commit is not on main."
verdict=$(gh run list --repo "$GITHUB_REPOSITORY" --workflow ci.yml --commit "$commit" --json conclusion \
    --jq '[.[].conclusion] | any(. == "success")') || fail 'GitHub does not tell what became of the commit.'
if [[ $verdict != true ]]; then fail "The workflow ci has not succeeded for $commit."; fi
aws ecr describe-images --repository-name "${IMAGE_REPOSITORY#*/}" --image-ids "imageTag=$commit" --output json \
    >"$WORK/image" || fail "There is no image of $commit."
application=$(kubectl --namespace argocd get application.argoproj.io/bottega --output json) ||
    fail 'Argo CD does not tell about the application: the message above says why.'
if [[ $(jq '.operation != null' <<<"$application") == true ]]; then fail 'Argo CD is busy with the shop: wait for it.'; fi
succeed "$commit may be deployed."
