#!/usr/bin/env bash
# Runs clang-tidy over every source file of the release build that changed since it last passed.
# A file's stamp is the digest of its text, of the headers of this project, and of the rules.
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
[ -f build/release/compile_commands.json ] || { echo "build release first: cmake --preset release" >&2; exit 1; }
export stamps=build/tidy
mkdir -p "$stamps"
headers=$(cat .clang-tidy $(git ls-files --cached --others --exclude-standard 'src/*.h' 'apps/*.h') | sha256sum | cut -d' ' -f1)
export headers

check() {
  local file=$1 stamp
  stamp=$stamps/$( (echo "$headers"; cat "$file") | sha256sum | cut -c1-32)
  [ -e "$stamp" ] && return 0
  clang-tidy-14 -p build/release --quiet "$file" 2>/dev/null && touch "$stamp"
}
export -f check
# Fuzzers are built by clang alone, so they are not in this build's list; clang's own warnings cover them.
git ls-files --cached --others --exclude-standard 'src/*.cpp' 'apps/*.cpp' |
  grep -v '_fuzz\.cpp$' | xargs -P "$(nproc)" -I{} bash -c 'check {}' && echo "clang-tidy is quiet"
