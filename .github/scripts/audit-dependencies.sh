#!/usr/bin/env bash
# Compares every dependency with the list of known holes.
#
# Usage: .github/scripts/audit-dependencies.sh
# Needs: cargo; the internet, for the list
# Fails when a dependency has a known hole, or was withdrawn, or the list is out of reach.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"
cargo deny --version 2>"$WORK/why" | grep --quiet "^cargo-deny 0.20.2$" ||
    cargo install cargo-deny --locked --version 0.20.2 || fail 'cargo-deny cannot be installed.'
cargo deny check advisories || fail 'A dependency has a known hole: the messages above say which.'
succeed 'No dependency has a hole that is known today.'
