#!/usr/bin/env bash
# Points kubectl at the cluster, with the AWS role this run has taken on.
#
# Usage: charts/ops/connect.sh
# Reads: CLUSTER_NAME, AWS_REGION
# Needs: aws, kubectl; an access entry of the role in the cluster
# Fails when the cluster does not know the role, or cannot be reached from here.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"
needs CLUSTER_NAME '[A-Za-z0-9_-]+' 'the name of the cluster, like bottega-demo'
needs AWS_REGION '[a-z0-9-]+' 'the region of the cluster, like us-east-1'

aws eks update-kubeconfig --name "$CLUSTER_NAME" --region "$AWS_REGION" ||
    fail "The cluster $CLUSTER_NAME is not known to this role in $AWS_REGION."
kubectl --request-timeout=20s auth whoami ||
    fail "The cluster $CLUSTER_NAME does not answer this role: is this machine among its allowed addresses, and the role among its access entries?"
