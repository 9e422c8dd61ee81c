#!/usr/bin/env bash
# Puts one of the tools that xtask/tools pins on PATH for the steps that follow, from exactly the files whose hashes are
# listed there.
#
# Usage: .github/scripts/install-tool.sh --name trivy
# Needs: python3 with venv
# Fails when a file is not the listed one.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

name=''
options name -- "$@"
one_of name "$name" trivy
home=${RUNNER_TEMP:-/tmp}/$name

python3 -m venv "$home" || fail 'Python cannot make an environment: is its venv module installed?'
"$home/bin/pip" install --quiet --no-deps --require-hashes --only-binary :all: --requirement "xtask/tools/$name.txt" ||
    fail "$name cannot be installed: the messages above say why."
echo "$home/bin" >>"${GITHUB_PATH:-/dev/stdout}"
succeed "$name is on PATH."
