#!/usr/bin/env bash
# Installs Argo CD in the version that charts/argocd names, tells it what to deploy, and has it deploy what the shop needs of
# the cluster; or removes it, and leaves running what it has deployed.
#
# Usage: .github/scripts/argocd.sh --action install|uninstall
# Needs: helm, kubectl, jq; a role that administrates the cluster
# Fails when Argo CD is not up after ten minutes, or does not get an application synced and healthy.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

action=''
options action -- "$@"
one_of action "$action" install uninstall

here=$(dirname "$0")
charts=$here/../../charts
readonly values=$charts/argocd/values.yaml
# A value under `argocd:`.
setting() { sed -n "/^argocd:/,/^[a-z]/s/^  $1: //p" "$values"; }
# The charts of others, one a line.
third_party() { sed -n '/^thirdParty:/,/^[a-z]/s/^  - name: //p' "$values"; }

namespace=$(setting namespace) chart=$(setting chart) repository=$(setting repository) version=$(setting version)
needed=$(third_party)
if [[ -z $namespace || -z $chart || -z $repository || -z $version || -z $needed ]]; then
    fail 'charts/argocd/values.yaml names no namespace, chart, repository and version of Argo CD, or no charts of others.'
fi

if [[ $action == uninstall ]]; then
    applications=$(kubectl --namespace "$namespace" get applications.argoproj.io --output json) ||
        fail 'Argo CD does not tell what it deploys: the message above says why.'
    taking=$(jq --raw-output '[.items[].metadata | select(.finalizers) | .name] | join(" ")' <<<"$applications")
    if [[ -n $taking ]]; then fail "With these would go what they have deployed: $taking. Remove their finalizers first."; fi
    helm uninstall bottega-argocd --namespace "$namespace" --ignore-not-found --wait --timeout 10m ||
        fail 'The applications do not go: the message above says why.'
    helm uninstall argocd --namespace "$namespace" --ignore-not-found --wait --timeout 10m ||
        fail 'Argo CD does not go: the message above says why.'
    succeed 'Argo CD is gone. What it had deployed goes on, and nobody deploys.'
    exit
fi
helm upgrade argocd "$chart" --install --repo "$repository" --version "$version" \
    --namespace "$namespace" --create-namespace --values "$charts/argocd/install/values.yaml" --wait --timeout 10m ||
    fail 'Argo CD is not up: the message above says why.'
helm upgrade bottega-argocd "$charts/argocd" --install --namespace "$namespace" --wait --timeout 5m ||
    fail 'Argo CD does not take its applications: the message above says why.'
# The shop is not among them: which of its versions runs, cd-app decides.
for application in $needed addons; do
    "$charts/ops/argocd-sync.sh" --application "$application" || fail "What the shop needs is not there: $application."
done
succeed "Argo CD $version is up, and what the shop needs of the cluster: cd-app deploys it."
