#!/bin/sh
# Runs a program in an image's root as a cluster does: as a user without rights, on a disk that cannot be written but for
# /tmp and /data/mail. In a mount namespace of its own: what is mounted here, nobody else sees.
# confined.sh ROOT SECRETS PROGRAM [ARGUMENT…]
set -eu

root=$1
secrets=$2
shift 2

mkdir -p "$root/proc" "$root/dev" "$root/run/secrets/bottega"
: >"$root/etc/hosts"
mount --bind "$root" "$root"
mount -t tmpfs -o mode=1777,size=16m tmpfs "$root/tmp"
mount -t tmpfs -o uid=65532,gid=65532,size=16m tmpfs "$root/data/mail"
mount --bind "$secrets" "$root/run/secrets/bottega"
mount --bind /etc/hosts "$root/etc/hosts"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs chroot --userspec=65532:65532 --groups= "$root" "$@"
