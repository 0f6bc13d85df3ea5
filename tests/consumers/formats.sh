#!/usr/bin/env bash
# SARIF, JUnit, Checkstyle, rdjson, GitLab, CSV and workbooks over all fixtures, read by programs that others wrote.
set -euo pipefail
here=$PWD/tests/consumers

need() { # command package…
  command -v "$1" >/dev/null && return
  local root=
  [ "$(id -u)" = 0 ] || root=sudo
  $root apt-get -qq update && DEBIAN_FRONTEND=noninteractive $root apt-get -qq install --no-install-recommends "${@:2}" >/dev/null
}
need soffice libreoffice-calc fonts-noto-cjk
need pdftotext poppler-utils
need npm npm

[ -x "$WORK/venv/bin/python" ] || python3 -m venv "$WORK/venv"
"$WORK/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
mkdir -p "$WORK/node"
if ! cmp -s "$here/package.json" "$WORK/node/package.json"; then
  cp "$here/package.json" "$WORK/node/"
  (cd "$WORK/node" && npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps)
fi

# Both runs see the same tree: reports and all fixtures, those that cannot be read among them.
rm -rf "$WORK/run" && mkdir -p "$WORK/run/out"
cp -r fixtures/conversations fixtures/nasty fixtures/scenario "$here/script.md" "$WORK/run/"
cd "$WORK/run"
check() { # folder
  local outputs=()
  for format in json sarif html gitlab junit checkstyle rdjson csv markdown xlsx; do
    outputs+=(--output "$format=$1/r.$format")
  done
  "$WUXIN" check conversations nasty scenario script.md --format concise --fail-on never "${outputs[@]}" >/dev/null 2>&1
}
check out
cp -r out first
check out
diff -r first out
echo "the same bytes twice"
"$WORK/venv/bin/python" "$here/formats.py" "$WORK"
