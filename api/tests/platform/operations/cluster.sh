#!/usr/bin/env bash
# Stands in for kubectl and aws. Notes how it is called, and answers from the files of $CLUSTER/state; what is run in a pod
# is run here, with the environment it is given.
set -euo pipefail

program=${0##*/}
jq --compact-output --null-input '$ARGS.positional' --args -- "$program" "$@" >>"$CLUSTER/calls"

while [[ $1 == --* ]]; do
    if [[ $1 == --namespace ]]; then shift; fi
    shift
done
verb=$1
if [[ $program == aws || $verb == rollout || $verb == top || $verb == auth ]]; then verb+="-$2"; fi

if [[ -e $CLUSTER/refuse/$verb ]]; then
    cat "$CLUSTER/refuse/$verb" >&2
    exit 1
fi
if [[ -d $CLUSTER/after/$verb ]]; then cp -r "$CLUSTER/after/$verb/." "$CLUSTER/state/"; fi

case $verb in
    get)
        cat "$CLUSTER/state/get/${2//\//.}"
        ;;
    exec)
        while [[ $1 != -- ]]; do shift; done
        shift 2
        cd "$CLUSTER"
        # Where a pod's own server is.
        exec "$POD_PROGRAM" "${@//127.0.0.1:4000/127.0.0.1:$(cat "$CLUSTER/port:4000")}"
        ;;
    logs)
        cat "$CLUSTER/log"
        ;;
    port-forward)
        echo "Forwarding from 127.0.0.1:$(cat "$CLUSTER/port${3}") -> ${3#:}"
        exec sleep 60
        ;;
    *)
        if [[ -e $CLUSTER/state/$verb ]]; then cat "$CLUSTER/state/$verb"; fi
        ;;
esac
