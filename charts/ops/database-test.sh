#!/usr/bin/env bash
# Does each pod of the API reach the database, and are its tables those of the pod's version?
#
# Usage: charts/ops/database-test.sh
# Needs: kubectl, jq; the right to exec into pods
# Fails when there is no pod, or when one of them does not reach the database or finds tables of another version.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

options -- "$@"

heading 'Database'
bottega_in_each doctor --database || fail 'The database is not there for every pod: what each said is above.'
succeed 'Every pod reaches the database, whose tables are its version'"'"'s.'
