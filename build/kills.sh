#!/usr/bin/env bash
# Kills processes (SIGKILL) at random moments, again and again, and looks for what was lost, doubled, out of order or
# would not start:
#   build/kills.sh [KILLS_OF_A_STORE [SECONDS_OF_NODES [UPGRADES [SEED]]]]
# 2,000 kills of a process that appends, takes snapshots and deletes; half an hour of three nodes under load, one killed
# every four seconds or so, also while it starts; 100 upgrades of an old directory with four kills in each.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B -pl app/cli -am verify -Dtest='ProcessesTest,ChaosTest,KilledUpgradesTest' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dparallax.kills="${1:-2000}" \
  -Dchaos.onlyKills=true -Dchaos.seconds="${2:-1800}" -Dparallax.upgrades="${3:-100}" -Dchaos.seed="${4:-1}"
