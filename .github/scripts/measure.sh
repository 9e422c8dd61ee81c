#!/usr/bin/env bash
# Measures one scenario of perf/ on this machine, and shows what came of it.
#
# Usage: .github/scripts/measure.sh --scenario NAME
#   --scenario  one of those that need no database: perf/README.md says what each measures
# Needs: cargo
# Fails when the scenario cannot be run, or when a bound of it is broken.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scenario=''
options scenario -- "$@"
one_of scenario "$scenario" startup cached-reads deep-paging hit-rate sign-in-flood sign-in-timing

verdict=0
cargo run --release -p perf -- "$scenario" --save || verdict=1
result=perf/results/$scenario.md
if [[ -n $(git status --porcelain -- "$result") ]]; then
    heading "$scenario"
    cat "$result" >&3
fi
if ((verdict > 0)); then fail "$scenario breaks its bound, or could not be measured: see above."; fi
succeed "$scenario keeps its bound."
