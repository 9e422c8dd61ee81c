#!/usr/bin/env bash
# Takes a deployment back: reverts its commit in Git, and has Argo CD bring the cluster to that.
#
# Usage: .github/scripts/roll-back.sh --promotion COMMIT --previous COMMIT
#   --promotion  the commit that deployed
#   --previous   the commit whose image was deployed before, which is what Git says again afterwards
# Needs: git, kubectl, jq, and the right to push to main
# Fails when nothing was deployed before, when Git does not say so again, or when Argo CD does not get there.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

promotion='' previous=''
options promotion previous -- "$@"
commit_only "$promotion"
commit_only "$previous"
if [[ $previous =~ ^0+$ ]]; then fail 'Nothing was deployed before: there is nothing to go back to.'; fi

git pull --quiet --rebase origin main || fail 'Main cannot be read: the message above says why.'
if [[ $(deployed_commit) != "$previous" ]]; then
    git revert --no-edit "$promotion" || fail "$promotion cannot be reverted: somebody has changed the same line."
    push_to_main || fail 'Main refuses the commit: revert it by hand.'
fi
if [[ $(deployed_commit) != "$previous" ]]; then fail "Git does not say $previous again."; fi
"$(dirname "$0")/../../charts/ops/argocd-sync.sh" --revision "$(git rev-parse HEAD)"
succeed "The deployment is taken back: $previous is deployed again."
