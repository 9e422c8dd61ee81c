#!/usr/bin/env bash
# What went wrong lately: errors in the log of each pod of the API, answers of 500 and above, and the namespace's warnings.
#
# Usage: charts/ops/recent-errors.sh [--minutes 5|15|60|360]
#   --minutes  how far back to look (15)
# Needs: kubectl, jq; the right to read pods, their logs and events
# Fails when there were errors, when there is no pod, or when a pod's log cannot be read or is not what the API writes.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

minutes=15
options minutes -- "$@"
one_of minutes "$minutes" 5 15 60 360

list=$(pods)
events=$(read_json events --field-selector type=Warning)

heading "The last $minutes minutes"
for pod in $list; do
    in_namespace logs "$pod" --container bottega --since "${minutes}m" >"$WORK/log" 2>"$WORK/why" ||
        fail "The log of pod $pod cannot be read: $(cat "$WORK/why")"
    # A line that is no JSON is worth a look, too: a program that dies does not write JSON.
    jq --raw-input --compact-output --arg pod "$pod" \
        '. as $line | ((fromjson? | objects) // {level: "no JSON", message: $line}) + {pod: $pod}' "$WORK/log" >>"$WORK/lines"
done
jq --slurp '[.[] | select(.level == "ERROR" or .level == "no JSON" or (.target == "access" and .status >= 500))]' \
    "$WORK/lines" >"$WORK/errors"
{
    printf 'Lines\t%s\n' "$(wc -l <"$WORK/lines")"
    printf 'Errors\t%s\n' "$(jq '[.[] | select(.level == "ERROR")] | length' "$WORK/errors")"
    printf 'Answers of 500 and above\t%s\n' "$(jq '[.[] | select(.target == "access")] | length' "$WORK/errors")"
    printf 'Lines that are no JSON\t%s\n' "$(jq '[.[] | select(.level == "no JSON")] | length' "$WORK/errors")"
} | table What 'How often'

heading 'What is said most often'
jq --raw-output 'group_by([.message, .status])
    | map([length, (.[0].message // "-" | gsub("\\s+"; " ") | .[:200]), (.[0].status // "-"), .[-1].timestamp // "-"])
    | sort_by(-.[0]) | .[:10][] | @tsv' "$WORK/errors" | table Times Message Status 'Last at'

heading 'The latest'
jq --compact-output '.[-20:][]' "$WORK/errors" | block

heading 'Latest warnings of the cluster'
jq --raw-output '.items | sort_by(.lastTimestamp // .eventTime // "") | .[-15:][] | [
    (.lastTimestamp // .eventTime // "-"), .involvedObject.name, .reason, (.message // "-" | gsub("\\s+"; " "))]
    | @tsv' <<<"$events" | table When What Reason Message

count=$(jq length "$WORK/errors")
if ((count > 0)); then fail "$count lines in the last $minutes minutes tell of something that went wrong."; fi
succeed "Nothing went wrong in the last $minutes minutes."
