# What the operations share: where things are, how they refuse, ask the cluster and report. Sourced, never run.
# shellcheck shell=bash disable=SC2034 # the scripts that source this read what it names

readonly NAMESPACE=bottega
readonly DEPLOYMENT=deployment/bottega
readonly AUTOSCALER=horizontalpodautoscaler/bottega
readonly API_PODS=app.kubernetes.io/name=bottega,app.kubernetes.io/component=api
# By its full path: the image has no shell that would look for it.
readonly PROGRAM=/usr/local/bin/bottega
# How long something may take to come true, in seconds, and how often it is looked at.
readonly PATIENCE=${OPS_PATIENCE_SECONDS:-600}
readonly PAUSE=${OPS_PAUSE_SECONDS:-5}

# The report goes to the page of the workflow's run, or to the terminal. What the shop has logged goes nowhere else: a
# runner obeys certain lines that a step prints.
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then
    exec 3>>"$GITHUB_STEP_SUMMARY"
else
    exec 3>&1
fi

WORK=$(mktemp -d)
FORWARDS=()
clean_up() {
    local pid
    for pid in "${FORWARDS[@]}"; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$WORK"
}
trap clean_up EXIT

say() { printf '%s\n' "$*" >&3; }

heading() {
    say ''
    say "## $*"
    say ''
}

# A table of the tab-separated lines on standard input, under this head.
table() {
    local cell head='|' rule='|'
    for cell; do
        head+=" $cell |"
        rule+=' --- |'
    done
    say "$head"
    say "$rule"
    sed -e 's/|/\\|/g' -e 's/\t/ | /g' -e 's/^/| /' -e 's/$/ |/' >&3
    say ''
}

# Standard input as it is, in a block that nothing in it can end. A run's page holds 1 MiB, or is not shown at all: that much
# of each of eight pods fits.
block() {
    say ''
    cut -c 1-2000 | tail -c 100000 | sed 's/^/    /' >&3
    say ''
}

# Ends because of what was asked for: nothing was done.
refuse() {
    printf '%s\n' "$*" >&2
    exit 2
}

# Ends because something is broken, or because the operation did not have its effect.
fail() {
    say ''
    say "**Failed:** $*"
    printf '%s\n' "$*" >&2
    exit 1
}

succeed() {
    say ''
    say "**Done:** $*"
    if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then printf '%s\n' "$*"; fi
}

# The comment at the top of the script that runs.
help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# Reads `--a-name value` pairs into the variables of these names: `options lines a_name -- "$@"`.
options() {
    local known=' ' name
    while [[ $1 != -- ]]; do
        known+="$1 "
        shift
    done
    shift
    while (($# > 0)); do
        if [[ $1 == --help ]]; then
            help
            exit 0
        fi
        name=${1#--}
        name=${name//-/_}
        if [[ $1 != --* || $known != *" $name "* ]]; then refuse "There is no option '$1': --help lists them."; fi
        if (($# < 2)); then refuse "$1 needs a value: --help tells which."; fi
        # Of the script, whatever this function calls its own.
        declare -g "$name=$2"
        shift 2
    done
}

# Refuses an option's value that is none of these.
one_of() {
    local name=$1 value=$2 choice
    shift 2
    for choice; do
        if [[ $value == "$choice" ]]; then return; fi
    done
    refuse "--$name is '$value', and may be one of: $*."
}

# Refuses an option's value that is no whole number in this range.
whole_number() {
    local name=$1 value=$2 least=$3 most=$4
    if [[ ! $value =~ ^[1-9][0-9]{0,3}$ ]] || ((value < least || value > most)); then
        refuse "--$name is '$value', and must be a whole number from $least to $most."
    fi
}

# Refuses to go on without this variable in this form.
needs() {
    local name=$1 form=$2 what=$3
    if [[ ! ${!name:-} =~ ^${form}$ ]]; then refuse "$name must be set to $what."; fi
}

needs_public_url() {
    needs PUBLIC_URL 'https?://[A-Za-z0-9.:-]+' "the shop's address, like https://shop.example.com"
}

needs_distribution() {
    needs CDN_DISTRIBUTION_ID '[A-Z0-9]{8,20}' "the CDN's id, like E2EXAMPLE1"
}

# Looks again and again until a function succeeds; answers whether it did in time.
becomes() {
    local end=$((SECONDS + PATIENCE))
    until "$@"; do
        if ((SECONDS >= end)); then return 1; fi
        sleep "$PAUSE"
    done
}

in_namespace() { kubectl --namespace "$NAMESPACE" "$@"; }

# Something of the namespace as JSON.
read_json() {
    in_namespace get "$@" --output json || fail "The cluster does not tell '$1': the message above says why."
}

# The API's pods that are not on their way out, as JSON.
pods_json() {
    local all
    all=$(read_json pods --selector "$API_PODS") || exit
    jq '[.items[] | select(.metadata.deletionTimestamp == null)]' <<<"$all"
}

# Their names, one a line. None at all is a failure.
pods() {
    local list
    list=$(pods_json) || exit
    if [[ $(jq length <<<"$list") == 0 ]]; then fail "No pod of the API runs in the namespace $NAMESPACE."; fi
    jq --raw-output '.[].metadata.name' <<<"$list"
}

# Runs `bottega …` in a pod.
bottega_in() {
    local pod=$1
    shift
    in_namespace exec "$pod" --container bottega -- "$PROGRAM" "$@"
}

# Runs `bottega …` in every pod and reports what it says there; answers whether it succeeded everywhere.
bottega_in_each() {
    local list pod answer verdict=0
    list=$(pods) || exit
    for pod in $list; do
        answer=$(bottega_in "$pod" "$@" 2>&1) || verdict=1
        say "**$pod**"
        block <<<"$answer"
    done
    return "$verdict"
}

# Opens a way from this machine to a port of a pod, until the script ends, and sets FORWARDED to where it begins.
forward() {
    local pod=$1 port=$2 said="$WORK/forward-$1-$2" end=$((SECONDS + 30))
    in_namespace port-forward "pod/$pod" ":$port" --address 127.0.0.1 >"$said" 2>&1 3>&- &
    FORWARDS+=($!)
    until FORWARDED=$(sed -n 's/^Forwarding from \(127\.0\.0\.1:[0-9]*\) .*/\1/p' "$said") && [[ -n $FORWARDED ]]; do
        if ((SECONDS >= end)) || ! kill -0 "$!" 2>/dev/null; then
            block <"$said"
            fail "There is no way to port $port of pod $pod."
        fi
        sleep 0.1
    done
}

invalidation_is_complete() {
    aws cloudfront get-invalidation --distribution-id "$CDN_DISTRIBUTION_ID" --id "$1" --output json \
        >"$WORK/invalidation" || fail "The CDN does not tell about invalidation $1: the message above says why."
    jq --exit-status '.Invalidation.Status == "Completed"' "$WORK/invalidation" >"$WORK/null"
}

# Has the CDN forget these patterns, and waits until it has everywhere.
invalidate() {
    local made id
    made=$(aws cloudfront create-invalidation --distribution-id "$CDN_DISTRIBUTION_ID" --paths "$@" --output json) ||
        fail 'The invalidation was refused: the message above says why.'
    id=$(jq --raw-output .Invalidation.Id <<<"$made")
    becomes invalidation_is_complete "$id" || fail "Invalidation $id is not complete after $PATIENCE seconds."
    printf '%s\t%s\t%s\n' "$id" "$*" "$(jq --raw-output .Invalidation.Status "$WORK/invalidation")" |
        table Invalidation Paths Status
}

# Asks for a URL once, for ten seconds at most: the body goes to a file, the status, type and seconds to standard output.
ask() {
    local url=$1 body=$2
    shift 2
    curl --silent --show-error --connect-timeout 5 --max-time 10 "$@" --output "$body" \
        --write-out '%{http_code}\t%{time_total}\t%{content_type}\n' "$url"
}
