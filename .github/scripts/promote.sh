#!/usr/bin/env bash
# Says in Git that a commit's image is the one that is deployed: one line of charts/bottega/values-demo.yaml, one commit.
#
# Usage: .github/scripts/promote.sh --commit COMMIT
# Needs: git, and the right to push to main
# Tells the steps that follow: `revision` (the state of main that deploys it), and `previous` (the commit deployed until
# now, where there is one to go back to)
# Fails when the file has not exactly the line to change, or when main refuses the commit.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

commit=''
options commit -- "$@"
commit_only "$commit"

previous=$(deployed_commit)
if [[ $previous == "$commit" ]]; then
    output revision "$(git rev-parse HEAD)"
    succeed "Git says so already."
    exit
fi
sed -i "/^image:/,/^[a-z]/s/^  tag: \"$previous\"\$/  tag: \"$commit\"/" "$VALUES"
if [[ $(git diff --numstat -- "$VALUES") != "1"$'\t'"1"$'\t'"$VALUES" ]]; then
    git checkout --quiet -- "$VALUES"
    fail "More than one line of $VALUES would change."
fi
git commit --quiet --message "Deploy ${commit:0:12} instead of ${previous:0:12}" -- "$VALUES"
push_to_main || fail 'Main refuses the commit: the message above says why.'
revision=$(git rev-parse HEAD)
output revision "$revision"
if [[ ! $previous =~ ^0+$ ]]; then output previous "$previous"; fi
succeed "$revision deploys $commit."
