#!/usr/bin/env bash
# The HTML report in a browser: filters, jumps, keys, a phone, the dark, a recording, a printer. Runs alone as well:
# WUXIN=path/to/wuxin tests/consumers/page.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/tests/consumers/page
work=${WORK:-${CARGO_TARGET_DIR:-target}/consumers}
mkdir -p "$work" && work=$(cd "$work" && pwd)/page
wuxin=$(realpath "${WUXIN:-${CARGO_TARGET_DIR:-target}/debug/wuxin}")

need() { # command package…
  command -v "$1" >/dev/null && return
  local root=
  [ "$(id -u)" = 0 ] || root=sudo
  $root apt-get -qq update && DEBIAN_FRONTEND=noninteractive $root apt-get -qq install --no-install-recommends "${@:2}" >/dev/null
}
need chromium chromium fonts-noto-cjk
need npm npm

mkdir -p "$work/node"
if ! cmp -s "$here/package.json" "$work/node/package.json"; then
  cp "$here/package.json" "$work/node/"
  (cd "$work/node" && npm install --silent --no-audit --no-fund --ignore-scripts)
fi
cp "$here"/*.mjs "$work/node/"

rm -rf "$work/run" && mkdir -p "$work/run/out" "$work/run/rec" "$work/run/in"
cp -r fixtures/conversations fixtures/nasty "$work/run/"
cd "$work/run"
node "$work/node/material.mjs"
check() { "$wuxin" check "$@" --no-config --format concise --fail-on never >/dev/null 2>&1 || [ $? = 2 ]; }
check conversations nasty in --audio rec --output html=out/all.html
check many.jsonl --output html=out/many.html
check in/hostile.txt in/hostile.json --lang en --output html=out/english.html
cp out/all.html first.html
check conversations nasty in --audio rec --output html=out/all.html
cmp first.html out/all.html
echo "the same bytes twice"
node --test --test-reporter=spec "$work/node/page.test.mjs"
