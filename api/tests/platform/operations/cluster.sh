#!/usr/bin/env bash
# Stands in for every program the scripts call. Notes how it is called, and answers from the files of $CLUSTER/state; what is
# run in a pod is run here, with the environment it is given.
set -euo pipefail

program=${0##*/}
jq --compact-output --null-input '$ARGS.positional' --args -- "$program" "$@" >>"$CLUSTER/calls"
asked=("$@")

while [[ ${1:-} == -* ]]; do
    if [[ $1 == --namespace ]]; then shift; fi
    shift
done
verb=${1:-}
case $program in
    kubectl) if [[ $verb == rollout || $verb == top || $verb == auth ]]; then verb+="-$2"; fi ;;
    aws) verb+="-$2" ;;
    tflint) verb=$program${asked[0]} ;;
    *) verb="$program-$verb" ;;
esac

# Some are told in which file they are to answer, and do so although they fail.
answer=$CLUSTER/state/$verb
target=''
for place in "${!asked[@]}"; do
    case $program,${asked[place]} in
        aws,* | kubectl,*) ;;
        *,--output | *,--markdown) target=${asked[place + 1]} ;;
        *,-out=*) target=${asked[place]#-out=} ;;
        *,-var-file=*) cp "${asked[place]#-var-file=}" "$CLUSTER/variables" ;;
    esac
done
if [[ -n $target && -e $answer ]]; then cp "$answer" "$target"; fi

if [[ -e $CLUSTER/refuse/$verb ]]; then
    cat "$CLUSTER/refuse/$verb" >&2
    exit 1
fi
if [[ -d $CLUSTER/after/$verb ]]; then cp -r "$CLUSTER/after/$verb/." "$CLUSTER/state/"; fi
if [[ -e $CLUSTER/mends/$verb ]]; then rm -f "$CLUSTER/refuse/$(cat "$CLUSTER/mends/$verb")"; fi

case $verb in
    get)
        # An answer may tell which commit a sync was asked for, and when this was asked.
        sed -e "s/<asked>/$(cat "$CLUSTER/asked" 2>/dev/null)/g" -e "s/<now>/$(wc -l <"$CLUSTER/calls")/g" \
            "$CLUSTER/state/get/${2//\//.}"
        ;;
    patch)
        sed -n 's/.*"revision":"\([0-9a-f]*\)".*/\1/p' <<<"$*" >"$CLUSTER/asked"
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
    docker-login)
        # Whoever hands over the password waits until it is taken.
        cat >"$CLUSTER/password"
        ;;
    docker-cp)
        cp -r "$CLUSTER/image/." "$3"
        ;;
    *)
        if [[ -z $target && -e $answer ]]; then cat "$answer"; fi
        ;;
esac
