#!/bin/sh
# Marks a compiled module descriptor as a class file of Java 17 (version 61). Maven's jar plugin reads
# it with Maven's own JDK, which may be 17, and a descriptor holds nothing that is newer than that.
set -eu
[ -f "$1" ] || exit 0
[ "$(od -An -tu1 -j7 -N1 "$1" | tr -d ' ')" -gt 61 ] || exit 0
printf '\075' | dd of="$1" bs=1 seek=7 conv=notrunc 2>/dev/null
