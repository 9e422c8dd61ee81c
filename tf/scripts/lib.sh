# What these scripts share: how they refuse, say what they do, do it or with --dry-run only say it, and wait. Sourced, never run.
# shellcheck shell=bash disable=SC2034 # the scripts that source this read what it names

readonly PROJECT=bottega
readonly ENVIRONMENT=demo
readonly PREFIX=$PROJECT-$ENVIRONMENT
readonly CLUSTER=$PREFIX
readonly REGION=${AWS_REGION:-us-east-1}
export AWS_REGION=$REGION

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly ROOT
readonly PAUSE=10 # seconds between two looks at what is waited for

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

DRY_RUN=false

# Ends because of what was asked for, or where: nothing was done.
refuse() {
    printf '%s\n' "$*" >&2
    exit 2
}

# Ends because something did not come true.
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

step() { printf '==> %s\n' "$*"; }

say() { printf '    %s\n' "$*"; }

# The comment at the top of the script that runs.
help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# Reads --dry-run and --help, and any flags named here, each into a variable: `flags yes -- "$@"` sets `yes`.
flags() {
    local known=' ' name
    while [[ $1 != -- ]]; do
        known+="$1 "
        shift
    done
    shift
    for name; do
        case $name in
            --help)
                help
                exit 0
                ;;
            --dry-run) DRY_RUN=true ;;
            *)
                if [[ $name != --* || $known != *" ${name#--} "* ]]; then
                    refuse "There is no option '$name': --help lists them."
                fi
                name=${name#--}
                printf -v "${name//-/_}" '%s' true
                ;;
        esac
    done
}

# Refuses to go on without these programs.
programs() {
    local name
    for name; do
        if ! command -v "$name" >/dev/null; then refuse "The program '$name' is missing: install it, then run this again."; fi
    done
}

# Refuses every account but the one this is meant for.
right_account() {
    local account
    if [[ ! ${EXPECTED_ACCOUNT_ID:-} =~ ^[0-9]{12}$ ]]; then
        refuse 'Set EXPECTED_ACCOUNT_ID to the twelve digits of the account this is meant for.'
    fi
    if ! account=$(aws sts get-caller-identity --query Account --output text); then
        refuse 'AWS does not say who you are: sign in, then run this again.'
    fi
    if [[ $account != "$EXPECTED_ACCOUNT_ID" ]]; then
        refuse "You are signed in to account $account, and this is meant for $EXPECTED_ACCOUNT_ID: sign in there."
    fi
    say "account $account, region $REGION"
}

# A command as one would type it.
typed() {
    local word line=''
    for word; do
        if [[ ! $word =~ ^[A-Za-z0-9_./:=,@%+-]+$ ]]; then word="'${word//\'/\'\\\'\'}'"; fi
        line+=" $word"
    done
    printf '%s' "${line# }"
}

# Runs what changes something; with --dry-run it only says what it would run.
change() {
    if $DRY_RUN; then
        say "would run: $(typed "$@")"
        return
    fi
    say "$(typed "$@")"
    "$@" || fail "That failed: the message above says why. What was done before stays; run this again when it is put right."
}

# Looks again and again until a command succeeds: `wait_for SECONDS WHAT COMMAND…`.
wait_for() {
    local limit=$1 what=$2 waited
    shift 2
    if $DRY_RUN; then
        say "would wait for at most $limit seconds until $what"
        return
    fi
    say "waiting for at most $limit seconds until $what"
    for ((waited = 0; waited < limit; waited += PAUSE)); do
        if "$@"; then return; fi
        sleep "$PAUSE"
    done
    fail "After $limit seconds it is not true that $what: look at the AWS console for the reason, then run this again."
}

# Has kubectl speak to the cluster of this account, whichever one it speaks to otherwise. The configuration of whoever runs
# this stays as it is.
sign_in_to_cluster() {
    export KUBECONFIG=$WORK/kubeconfig
    change aws eks update-kubeconfig --name "$CLUSTER" --kubeconfig "$KUBECONFIG"
}

# The names of the cluster's node groups, one a line.
node_groups() {
    aws eks list-nodegroups --cluster-name "$CLUSTER" --query 'nodegroups[]' --output text | tr '\t' '\n'
}

database_status() {
    aws rds describe-db-instances --db-instance-identifier "$PREFIX" \
        --query 'DBInstances[0].DBInstanceStatus' --output text
}

database_is() { [[ $(database_status) == "$1" ]]; }

# Every alarm that tells somebody, one a line.
alarms() {
    aws cloudwatch describe-alarms --alarm-name-prefix "$PREFIX-" --alarm-types MetricAlarm CompositeAlarm \
        --query '[MetricAlarms[].AlarmName, CompositeAlarms[].AlarmName][]' --output text | tr '\t' '\n'
}
