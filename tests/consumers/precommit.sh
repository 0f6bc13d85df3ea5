#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml, run by pre-commit itself on a scratch repository, and `wuxin check --staged` as a
# plain hook of git.
#
# WUXIN=FILE is the binary; without it target/debug/wuxin is built. `--from-source` runs the hook that builds wuxin (slow).
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

hook=wuxin-system
if [ "${1:-}" = --from-source ]; then
  hook=wuxin
elif [ -z "${WUXIN:-}" ]; then
  cargo build --quiet --locked --manifest-path "$root/Cargo.toml"
  WUXIN=${CARGO_TARGET_DIR:-$root/target}/debug/wuxin
fi
if [ -n "${WUXIN:-}" ]; then
  mkdir "$scratch/bin"
  ln -s "$(realpath "$WUXIN")" "$scratch/bin/wuxin"
  export PATH=$scratch/bin:$PATH
fi

# pre-commit, where there is none.
if ! pre-commit --version >/dev/null 2>&1; then
  python3 -m venv "$scratch/venv"
  "$scratch/venv/bin/pip" --quiet install pre-commit
  PATH=$scratch/venv/bin:$PATH
fi
export PRE_COMMIT_HOME=$scratch/pre-commit PRE_COMMIT_COLOR=never
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
pre-commit validate-manifest "$root/.pre-commit-hooks.yaml"

# The hooks as a repository of their own: what is built from source needs all of it, the other one only the manifest.
mkdir "$scratch/hooks"
cd "$scratch/hooks"
git init --quiet
if [ "$hook" = wuxin ]; then
  (cd "$root" && tar --exclude=./target --exclude=./.git -cf - .) | tar -xf -
else
  cp "$root/.pre-commit-hooks.yaml" .
fi
git add --all && git commit --quiet --message hooks

mkdir "$scratch/scripts"
cd "$scratch/scripts"
git init --quiet
printf '# 情景一\n\n**工作人员：**喊什么，等会儿。\n\n**来访人：**我不喊。\n' > '反例 一.md'
printf '工作人员：您好，请坐。\n来访人：谢谢。\n' > good.txt
printf '# 说明\n\n- 用法：见下\n' > README.md
printf '工作人员：喊什么，等会儿。\n来访人：我不喊。\n' > marked.txt
printf '# wuxin: ignore B02 -- 反例，供讨论\n' | cat - marked.txt > marked.new && mv marked.new marked.txt
git add --all

# Runs the hook on files: CODE, and what it must say.
try() {
  local wanted=$1 says=$2 code=0 out
  shift 2
  out=$(pre-commit try-repo "$scratch/hooks" "$hook" --verbose --files "$@" 2>&1) || code=$?
  if [ "$code" -ne "$wanted" ] || ! grep --quiet --fixed-strings -- "$says" <<< "$out"; then
    printf '%s\n' "$out" >&2
    echo "precommit: $*: exit $code, wanted $wanted and “$says”" >&2
    exit 1
  fi
  printf '%s\n' "$out" | grep -E '^(wuxin|error|- exit)' | sed "s|^|  [$*] |"
}
echo "== pre-commit try-repo $hook"
try 1 'error[B02]' '反例 一.md' good.txt README.md
if [ "$hook" = wuxin ]; then
  # Each try-repo would build anew.
  exit
fi
try 0 Passed good.txt README.md
try 0 Passed README.md
try 0 Passed marked.txt

echo "== git commit with wuxin check --staged"
printf '#!/bin/sh\nexec wuxin check --staged --format concise\n' > .git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
if out=$(git commit --message bad 2>&1); then
  echo "precommit: git took a bad script" >&2
  exit 1
fi
grep --quiet '反例 一.md:3:.*error\[B02\]' <<< "$out" || { printf '%s\n' "$out" >&2; exit 1; }
git rm --quiet --cached '反例 一.md'
git commit --quiet --message good 2>/dev/null
git log --format='  committed: %s'
