#!/bin/sh
# Makes the recorded launch that a new node replays before it opens its ports. Needed only when inputs
# are written in a form that newer nodes cannot read. Run it after a build, from anywhere; JAVA_HOME names
# a JDK 21 or newer.
set -eu
cd "$(dirname "$0")/.."
"${JAVA_HOME:?a JDK 21 or newer}/bin/java" -cp "app/cli/target/lib/*" parallax.evaluation.WarmUpRecording \
  node/host/src/main/resources/parallax/host/warm-up.inputs.gz
