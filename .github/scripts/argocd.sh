#!/usr/bin/env bash
# Installs Argo CD in the version that charts/argocd names, and tells it what to deploy; or removes it, with which what it
# has deployed goes, too.
#
# Usage: .github/scripts/argocd.sh --action install|uninstall
# Needs: helm, kubectl; a role that administrates the cluster
# Fails when Argo CD is not up after ten minutes, or does not know the application of the shop.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

action=''
options action -- "$@"
one_of action "$action" install uninstall

# A value of charts/argocd/values.yaml, under `argocd:`.
setting() { sed -n "/^argocd:/,/^[a-z]/s/^  $1: //p" charts/argocd/values.yaml; }
namespace=$(setting namespace)

if [[ $action == uninstall ]]; then
    # First what it deploys: without Argo CD nobody would remove that.
    helm uninstall bottega-argocd --namespace "$namespace" --ignore-not-found --wait --timeout 10m ||
        fail 'The applications do not go: the message above says why.'
    helm uninstall argocd --namespace "$namespace" --ignore-not-found --wait --timeout 10m ||
        fail 'Argo CD does not go: the message above says why.'
    succeed 'Argo CD is gone, and what it had deployed.'
    exit
fi
helm upgrade argocd "$(setting chart)" --install --repo "$(setting repository)" --version "$(setting version)" \
    --namespace "$namespace" --create-namespace --values charts/argocd/install/values.yaml --wait --timeout 10m ||
    fail 'Argo CD is not up: the message above says why.'
helm upgrade bottega-argocd charts/argocd --install --namespace "$namespace" --wait --timeout 5m ||
    fail 'Argo CD does not take its applications: the message above says why.'
kubectl --namespace "$namespace" get application.argoproj.io/bottega --output name ||
    fail 'Argo CD does not know the shop.'
succeed "Argo CD $(setting version) is up, and knows what to deploy: argocd-sync deploys it."
