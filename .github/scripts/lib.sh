# What the steps of delivery share, beside what they share with the operations. Sourced, never run.
# shellcheck shell=bash disable=SC2034 # the scripts that source this read what it names

# shellcheck source=charts/ops/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../charts/ops/lib.sh"

# Who commits what is deployed: a runner has no name of its own.
export GIT_AUTHOR_NAME=delivery GIT_AUTHOR_EMAIL=delivery@users.noreply.github.com
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

readonly VALUES=charts/bottega/values-demo.yaml

needs_image_repository() {
    needs IMAGE_REPOSITORY '[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/[a-z0-9/_-]+' \
        'the image repository in ECR, like 123456789012.dkr.ecr.us-east-1.amazonaws.com/bottega'
}

# Refuses anything but a full commit.
commit_only() {
    if [[ ! $1 =~ ^[0-9a-f]{40}$ ]]; then refuse "--commit is '$1', and must be a commit's 40 digits."; fi
}

log_in_to_registry() {
    aws ecr get-login-password | docker login --username AWS --password-stdin "${IMAGE_REPOSITORY%%/*}" >"$WORK/null" ||
        fail "The registry ${IMAGE_REPOSITORY%%/*} does not let this role in."
}

# The commit whose image Git says is deployed.
deployed_commit() {
    local found
    found=$(sed -n '/^image:/,/^[a-z]/s/^  tag: "\([0-9a-f]\{40\}\)"$/\1/p' "$VALUES")
    if [[ ! $found =~ ^[0-9a-f]{40}$ ]]; then fail "$VALUES must have one line 'tag: \"<40 digits>\"' under 'image:'."; fi
    echo "$found"
}

# Pushes what is committed here. Others merge at any moment: it goes on top of theirs.
push_to_main() {
    local attempt
    for attempt in {1..5}; do
        if git push --quiet origin HEAD:main; then return; fi
        if ((attempt > 1)); then sleep "$PAUSE"; fi
        git pull --quiet --rebase origin main || return
    done
    return 1
}

# Hands a value to the steps that follow.
output() { printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/stdout}"; }
