#!/usr/bin/env bash
# Has Argo CD bring the shop to what Git says, and waits until that is done and healthy.
#
# Usage: charts/ops/argocd-sync.sh [--revision COMMIT]
#   --revision  a commit by its 40 digits; without it, the head of the branch the application follows
# Needs: kubectl, jq; the right to read and change Argo CD's applications
# Fails when a sync is already under way, when the sync fails or brings another commit, and when the application is not
# synced and healthy in ten minutes.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

revision=''
options revision -- "$@"
if [[ -n $revision && ! $revision =~ ^[0-9a-f]{40}$ ]]; then refuse "--revision is '$revision', and must be a commit's 40 digits."; fi

readonly application=bottega
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

# The operation that was asked for, not the one before it.
is_over() {
    read_application
    jq --exit-status --arg before "$started" '.operation == null
        and (.status.operationState.startedAt // "") != $before
        and (.status.operationState.phase | IN("Succeeded", "Failed", "Error"))' "$WORK/application" >"$WORK/null"
}

is_well() {
    read_application
    jq --exit-status '.status.health.status == "Healthy" and .status.sync.status == "Synced"' \
        "$WORK/application" >"$WORK/null"
}

tell() {
    jq --raw-output '[.status.sync.status // "-", .status.health.status // "-", .status.operationState.phase // "-",
        .status.operationState.syncResult.revision // "-"] | @tsv' "$WORK/application" |
        table Sync Health 'Last operation' Commit
    jq --raw-output '.status.operationState.message // empty' "$WORK/application" | block
}

read_application
heading "Before: $application"
tell
if jq --exit-status '.operation != null' "$WORK/application" >"$WORK/null"; then
    fail "A sync of $application is already under way: wait for it."
fi
started=$(jq --raw-output '.status.operationState.startedAt // ""' "$WORK/application")

# Otherwise it may take a commit it has looked up some minutes ago for the newest.
argocd annotate "application.argoproj.io/$application" argocd.argoproj.io/refresh=normal --overwrite ||
    fail 'Argo CD was not told to look at Git: the message above says why.'
argocd patch "application.argoproj.io/$application" --type merge --patch "$(operation)" ||
    fail 'The sync was refused: the message above says why.'

heading "After: $application"
becomes is_over || fail "The sync is not over after $PATIENCE seconds."
phase=$(jq --raw-output .status.operationState.phase "$WORK/application")
synced=$(jq --raw-output '.status.operationState.syncResult.revision // "-"' "$WORK/application")
if [[ $phase != Succeeded ]]; then
    tell
    fail "The sync of $application ended as $phase."
fi
if [[ -n $revision && $synced != "$revision" ]]; then fail "The sync brought $synced, not $revision."; fi
becomes is_well || {
    tell
    fail "$application is not synced and healthy after $PATIENCE seconds."
}
tell
succeed "$application is synced to $synced and healthy."
