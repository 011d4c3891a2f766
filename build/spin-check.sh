#!/bin/sh
# Searches the model of the link session (docs/session.pml) completely with Spin: the sound models must have no error,
# every mistake made on purpose must be found. Prints one line a configuration; exit 1 when any is not as expected.
#
#   build/spin-check.sh         about a minute on one core, below 1 GB; what continuous integration runs
#   build/spin-check.sh --deep  larger bounds as well: a quarter of an hour, up to 6 GB
#
# Needs spin (6.5) and gcc. Writes only to a temporary directory.
set -eu

deep=no
case "${1:-}" in
  '') ;;
  --deep) deep=yes ;;
  *) echo "usage: build/spin-check.sh [--deep]" >&2; exit 2 ;;
esac
for command in spin gcc; do
  command -v "$command" >/dev/null || {
    echo "spin-check: $command is missing (Debian: apt-get install spin gcc libc6-dev)" >&2
    exit 2
  }
done

model=$(cd "$(dirname "$0")/.." && pwd)/docs/session.pml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP INT PIPE TERM
cd "$work"
wrong=0
megabytes=3500

search() { # search OPTIMISATION DEFINITION... : leaves Spin's report in $work/out
  optimisation=$1
  shift
  rm -f pan pan.* session.pml.trail out
  cp "$model" session.pml
  spin -a "$@" session.pml >spin.out 2>&1 || { cat spin.out >&2; exit 1; }
  # Complete search: no -DBITSTATE, no hash compaction. The claim makes deadlocks and endless circles errors too.
  gcc -w "$optimisation" -DNOREDUCE -DNOFAIR -DMEMLIM="$megabytes" ${collapse:+-DCOLLAPSE} -o pan pan.c
  ./pan -a -m20000 -w22 >out 2>&1 || true
  states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' out)
}

sound() { # sound NAME DEFINITION... : complete and without error
  name=$1
  shift
  search -O2 "$@"
  verdict=sound
  grep -q '^Full statespace search for' out || verdict=WRONG:not-full
  if grep -qiE 'max search depth too small|not completed|truncated|reached -DMEMLIM|out of memory|aborting' out; then
    verdict=WRONG:incomplete
  fi
  grep -q 'errors: 0$' out || verdict=WRONG:error
  line "$name"
  [ "$verdict" = sound ] || { sed -n '1,12p' out; wrong=1; }
}

control() { # control NAME EXPECTED DEFINITION... : the error whose text holds EXPECTED
  name=$1
  expected=$2
  shift 2
  search -O0 "$@"
  error=$(sed -n 's/^pan:1: \(.*\) (at depth [0-9]*)$/\1/p' out)
  verdict="found: $error"
  case "$error" in
    *"$expected"*) grep -q 'errors: 1$' out || verdict="WRONG: $error" ;;
    *) verdict="WRONG: ${error:-no error}; expected: $expected" ;;
  esac
  line "$name"
  case "$verdict" in WRONG*) wrong=1 ;; esac
}

line() { printf '%-44s %10s states  %s\n' "$1" "${states:-0}" "$verdict"; }

one='-DPATHS=1 -DN=3 -DFAULTS=1 -DDROPS=2 -DBEATS=1'
two='-DPATHS=2 -DN=2 -DFAULTS=0 -DDROPS=0 -DBEATS=1'
circle='acceptance cycle'

# shellcheck disable=SC2086
{
  sound 'one path, 3 records, 2 faults, 2 drops' -DPATHS=1 -DN=3 -DFAULTS=2 -DDROPS=2 -DBEATS=1
  sound 'two paths, 3 records, 1 fault, 1 drop' -DPATHS=2 -DN=3 -DFAULTS=1 -DDROPS=1 -DBEATS=0
  sound 'two paths, 2 records, 2 faults, 1 drop' -DPATHS=2 -DN=2 -DFAULTS=2 -DDROPS=1 -DBEATS=0
  sound 'two paths, 2 records, 1 fault, heartbeats' -DPATHS=2 -DN=2 -DFAULTS=1 -DDROPS=0 -DBEATS=1
  sound 'two lanes, 3 records each, 2 faults, 1 drop' -DLANES -DN=3 -DFAULTS=2 -DDROPS=1

  control ACK_BEFORE_DURABLE '(a-1)<=dCur' $one -DACK_BEFORE_DURABLE
  control REUSE_NUMBER '(a-1)<=dLast' $one -DREUSE_NUMBER
  control SILENT_DROP "$circle" $one -DSILENT_DROP
  control NO_CURSOR_CHECK 'i==(told+1)' $one -DNO_CURSOR_CHECK
  control GAP_AS_TOLD 'i==(told+1)' $one -DGAP_AS_TOLD
  control NO_RESEND "$circle" $one -DNO_RESEND
  control NO_SILENCE "$circle" $one -DNO_SILENCE
  control STRICT_WELCOME '(a-1)>=acked' $two -DSTRICT_WELCOME
  control STRICT_ACK 'a<=next[' $two -DSTRICT_ACK
  control STRICT_MARK 'a>=dMark' $two -DSTRICT_MARK
  control NO_HOLD 'follows[n]<=dCur[0]' -DLANES -DNO_HOLD
  control HOLD_SENT 'follows[n]<=dCur[0]' -DLANES -DHOLD_SENT
  control FORGET_HOLD 'follows[n]<=dCur[0]' -DLANES -DFORGET_HOLD

  if [ "$deep" = yes ]; then
    megabytes=8000
    collapse=yes
    sound 'one path, 3 records, 3 faults, 2 drops' -DPATHS=1 -DN=3 -DFAULTS=3 -DDROPS=2 -DBEATS=1
    sound 'one path, 4 records, 2 faults, 2 drops' -DPATHS=1 -DN=4 -DFAULTS=2 -DDROPS=2 -DBEATS=1
    sound 'two paths, 3 records, 2 faults, 1 drop' -DPATHS=2 -DN=3 -DFAULTS=2 -DDROPS=1 -DBEATS=0
    sound 'two lanes, 3 records each, 3 faults, 2 drops' -DLANES -DN=3 -DFAULTS=3 -DDROPS=2
  fi
}

if [ "$wrong" -ne 0 ]; then
  echo "spin-check: not as expected" >&2
fi
exit "$wrong"
