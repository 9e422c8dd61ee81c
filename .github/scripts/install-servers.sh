#!/usr/bin/env bash
# Installs what the tests and checks start, as Debian and Ubuntu call it. `cargo xtask` does so itself only where it is root.
#
# Usage: .github/scripts/install-servers.sh
# Needs: sudo, apt-get
# Fails when something is missing afterwards.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"
{
    sudo apt-get update --quiet
    sudo apt-get install --quiet --yes --no-install-recommends postgresql redis-server nginx prometheus curl jq
} || fail 'The servers cannot be installed: the messages above say why.'
# They start their own, on free ports.
sudo systemctl stop postgresql redis-server nginx prometheus
succeed 'The servers are installed.'
