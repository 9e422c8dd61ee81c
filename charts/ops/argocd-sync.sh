#!/usr/bin/env bash
# Has Argo CD bring the shop to what Git says, and waits until that is done and healthy.
#
# Usage: charts/ops/argocd-sync.sh [--revision COMMIT] [--application NAME]
#   --revision     a commit by its 40 digits; without it, the head of the branch the application follows
#   --application  what to sync, as Argo CD calls it (bottega, the shop)
# Needs: kubectl, jq; the right to read and change Argo CD's applications
# Fails when a sync is already under way, when the sync fails or brings another commit, and when the application is not
# synced and healthy in ten minutes. A sync that is not over by then is stopped: it would be in the next one's way.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

revision='' application=bottega
options revision application -- "$@"
if [[ -n $revision && ! $revision =~ ^[0-9a-f]{40}$ ]]; then refuse "--revision is '$revision', and must be a commit's 40 digits."; fi
if [[ ! $application =~ ^[a-z-]+$ ]]; then refuse "--application is '$application', and must be an application's name."; fi

argocd() { kubectl --namespace argocd "$@"; }

read_application() {
    argocd get "application.argoproj.io/$application" --output json >"$WORK/application" ||
        fail "Argo CD does not tell about $application: the message above says why."
}

# What Argo CD's own command line would ask for: the settings of a sync are those of the application.
operation() {
    jq --compact-output --arg revision "$revision" '{operation: {
        initiatedBy: {username: "operations"},
        sync: ({syncStrategy: {hook: {}}, syncOptions: (.spec.syncPolicy.syncOptions // []), prune: true}
            + if $revision == "" then {} else {revision: $revision} end),
        retry: (.spec.syncPolicy.retry // {})
    }}' "$WORK/application"
}

# The operation that was asked for, not the one before it; and what is said of the application was looked up after it.
is_over() {
    read_application
    jq --exit-status --arg before "$started" '.operation == null
        and (.status.operationState.startedAt // "") != $before
        and (.status.operationState.phase | IN("Succeeded", "Failed", "Error"))
        and (.status.reconciledAt // "") >= (.status.operationState.finishedAt // "")' "$WORK/application" >"$WORK/null"
}

is_free() {
    read_application
    jq --exit-status '.operation == null' "$WORK/application" >"$WORK/null"
}

stop() {
    argocd patch "application.argoproj.io/$application" --type merge \
        --patch '{"status":{"operationState":{"phase":"Terminating"}}}' && becomes is_free
}

# Where one commit was asked for, it is no failure that the branch has gone on since.
is_well() {
    read_application
    jq --exit-status --arg revision "$revision" '.status.health.status == "Healthy" and (.status.sync.status == "Synced"
        or ($revision != "" and .status.sync.revision != $revision))' "$WORK/application" >"$WORK/null"
}

# The commit of the last sync; several where an application is put together from several places.
synced() {
    jq --raw-output '.status.operationState.syncResult // {} | if (.revision // "") != "" then .revision
        else (.revisions // ["-"] | join(" ")) end' "$WORK/application"
}

tell() {
    jq --raw-output --arg synced "$(synced)" '[.status.sync.status // "-", .status.health.status // "-",
        .status.operationState.phase // "-", $synced] | @tsv' "$WORK/application" |
        table Sync Health 'Last operation' Commit
    jq --raw-output '.status.operationState.message // empty' "$WORK/application" | block
}

read_application
heading "Before: $application"
tell
if ! jq --exit-status '.operation == null' "$WORK/application" >"$WORK/null"; then
    fail "A sync of $application is already under way: wait for it."
fi
started=$(jq --raw-output '.status.operationState.startedAt // ""' "$WORK/application")

# Otherwise it may take a commit it has looked up some minutes ago for the newest.
argocd annotate "application.argoproj.io/$application" argocd.argoproj.io/refresh=normal --overwrite ||
    fail 'Argo CD was not told to look at Git: the message above says why.'
argocd patch "application.argoproj.io/$application" --type merge --patch "$(operation)" ||
    fail 'The sync was refused: the message above says why.'

heading "After: $application"
becomes is_over || {
    tell
    stop || fail "The sync is not over after $PATIENCE seconds, and cannot be stopped: does Argo CD's controller run?"
    fail "The sync was not over after $PATIENCE seconds, and was stopped."
}
phase=$(jq --raw-output .status.operationState.phase "$WORK/application")
brought=$(synced)
if [[ $phase != Succeeded ]]; then
    tell
    fail "The sync of $application ended as $phase."
fi
if [[ -n $revision && $brought != "$revision" ]]; then fail "The sync brought $brought, not $revision."; fi
becomes is_well || {
    tell
    fail "$application is not synced and healthy after $PATIENCE seconds."
}
tell
succeed "$application is synced to $brought and healthy."
