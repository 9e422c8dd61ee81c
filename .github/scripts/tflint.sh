#!/usr/bin/env bash
# Has tflint read every folder of Terraform, with the rules about AWS.
#
# Usage: .github/scripts/tflint.sh
# Needs: tflint; the internet, for its plugin
# Fails when it finds something.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"
config=$PWD/.github/tflint.hcl
tflint --init --config "$config" || fail 'tflint does not get its plugin.'
cd tf
tflint --recursive --config "$config" || fail 'tflint found something: the messages above say what.'
succeed 'tflint found nothing.'
