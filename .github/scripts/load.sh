#!/usr/bin/env bash
# Sends visitors to the shop, and shows how it bore them.
#
# Usage: .github/scripts/load.sh --scenario NAME --users NUMBER --orders no|yes --html FILE
#   --scenario  smoke, quick, load, stress or spike: perf/README.md says how many come, and how
#   --users     how many visitors there are at the height of it, or 'usual': as many as the scenario has
#   --orders    whether some visitors place orders, which take stock and are mailed about
#   --html      where the report is written to
# Reads: PUBLIC_URL, and RATE_LIMIT_BYPASS_TOKEN if visitors are to pass the limits
# Needs: cargo
# Fails when the shop cannot be reached, or when a limit of the scenario is missed.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scenario='' users='' orders='' html=''
options scenario users orders html -- "$@"
one_of scenario "$scenario" smoke quick load stress spike
one_of orders "$orders" no yes
if [[ -z $html ]]; then refuse '--html must name the file of the report.'; fi
needs_public_url

given=(--url "$PUBLIC_URL" --html "$html" --markdown "$WORK/results.md")
if [[ $users != usual ]]; then
    whole_number users "$users" 1 1000
    given+=(--users "$users")
fi
if [[ $orders == yes ]]; then given+=(--orders); fi

cargo build --release -p perf || fail 'The visitors cannot be built: the messages above say why.'
verdict=0
cargo run --release --quiet -p perf -- load "$scenario" "${given[@]}" >"$WORK/out" 2>"$WORK/why" || verdict=1
if [[ -s $WORK/results.md ]]; then cat "$WORK/results.md" >&3; fi
if ((verdict > 0)); then fail "$(sed 's/^perf: //' "$WORK/why")"; fi
succeed "The shop keeps the limits of $scenario."
