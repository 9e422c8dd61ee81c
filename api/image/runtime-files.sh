#!/usr/bin/env bash
# Gathers what a program needs beside itself into a folder that becomes an image's root: its libraries, the CA roots, and
# the few files that name a user and say how names are looked up. No shell, no package manager, nothing that is setuid.
set -euo pipefail

readonly USER_ID=65532

usage() {
    cat <<'TEXT'
runtime-files.sh PROGRAM FOLDER
Puts into FOLDER everything that PROGRAM needs to run there, and lists the Debian packages it is of.
TEXT
}

fail() {
    echo "runtime-files.sh: $1" >&2
    exit 1
}

# The libraries a program is linked with, and the loader itself.
libraries_of() {
    ldd "$1" | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }'
}

copy_libraries() {
    local program=$1 root=$2 library
    libraries_of "$program" | while read -r library; do
        cp --dereference --parents "$library" "$root"
    done
}

# Scanners read from these folders what is installed, and in which version; licences ask for their texts.
describe_packages() {
    local program=$1 root=$2 package
    mkdir -p "$root/var/lib/dpkg/status.d"
    # Packages own files by their real names, which the loader's are not.
    { echo ca-certificates; libraries_of "$program" | xargs readlink -f | xargs dpkg-query --search | cut -d: -f1; } |
        sort -u | while read -r package; do
            dpkg-query --status "$package" >"$root/var/lib/dpkg/status.d/$package"
            cp --parents "/usr/share/doc/$package/copyright" "$root" 2>/dev/null || true
        done
    cp --dereference --parents /etc/os-release /etc/debian_version "$root"
}

describe_user() {
    local root=$1
    echo "bottega:x:$USER_ID:$USER_ID:Bottega:/:/sbin/nologin" >"$root/etc/passwd"
    echo "bottega:x:$USER_ID:" >"$root/etc/group"
    # What the host or the cluster says about names comes first, then DNS.
    echo "hosts: files dns" >"$root/etc/nsswitch.conf"
}

make_folders() {
    local root=$1
    install -d -m 1777 "$root/tmp"
    install -d -o "$USER_ID" -g "$USER_ID" "$root/data" "$root/data/mail"
}

main() {
    if [[ ${1:-} == --help ]]; then
        usage
        exit
    fi
    [[ $# -eq 2 ]] || fail "it takes a program and a folder; --help says more."
    [[ -x $1 ]] || fail "there is no program $1: build it first."
    mkdir -p "$2/etc"
    copy_libraries "$1" "$2"
    cp --dereference --parents /etc/ssl/certs/ca-certificates.crt "$2"
    describe_packages "$1" "$2"
    describe_user "$2"
    make_folders "$2"
}

main "$@"
