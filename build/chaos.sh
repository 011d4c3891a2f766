#!/usr/bin/env bash
# Three nodes as processes share tracks while connections, processes and disks fail:
#   build/chaos.sh [SECONDS [SEED]]
# Half an hour with seed 1 unless told otherwise. Fails when something was lost, doubled, out of order or faulty.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B -pl app/cli -am verify -Dtest=ChaosTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dchaos.seconds="${1:-1800}" -Dchaos.seed="${2:-1}"
