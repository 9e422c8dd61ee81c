#!/usr/bin/env bash
# Writes the log of each pod of the API into a file of its own, as JSON lines.
#
# Usage: charts/ops/export-logs.sh --folder FOLDER [--lines 500|1000|2000|5000]
#   --folder  where to, like logs: made when it is not there
#   --lines   how many of each pod (1000)
# Needs: kubectl, jq; the right to read pods and their logs
# Fails when there is no pod, when a pod's log cannot be read, and when a log is empty.
set -euo pipefail
# shellcheck source=charts/ops/lib.sh
source "$(dirname "$0")/lib.sh"

folder='' lines=1000
options folder lines -- "$@"
if [[ ! $folder =~ ^[A-Za-z0-9_./-]+$ ]]; then refuse "--folder is '$folder', and must be a folder's path."; fi
one_of lines "$lines" 500 1000 2000 5000

list=$(pods)
mkdir -p "$folder"
missing=0
heading 'Logs'
for pod in $list; do
    file="$folder/$pod.log"
    if in_namespace logs "$pod" --container bottega --tail "$lines" >"$file" 2>"$WORK/why" && [[ -s $file ]]; then
        printf '%s\t%s\t%s bytes\n' "$pod" "$(wc -l <"$file")" "$(wc -c <"$file")" >>"$WORK/files"
    else
        missing=$((missing + 1))
        printf '%s\t0\t%s\n' "$pod" "$(tr '\n\t' '  ' <"$WORK/why")" >>"$WORK/files"
        rm -f "$file"
    fi
done
table Pod Lines Size <"$WORK/files"
if ((missing > 0)); then fail "Nothing was read from $missing of $(wc -l <<<"$list") pods."; fi
succeed "The logs of $(wc -l <<<"$list") pods are in $folder."
