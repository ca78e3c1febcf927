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
  clang-tidy-14 -p build/release --quiet --extra-arg=-Wno-unknown-warning-option "$file" 2>/dev/null && touch "$stamp"
}
export -f check
# Left out: what includes Beast or libtorch (a minute a file).
# Fuzzers are not in this build's list; tests are left out because GoogleTest's macros trip half of the
# checks. Both are compiled by the other parts with every warning an error.
mapfile -t files < <(git ls-files --cached --others --exclude-standard 'src/*.cpp' 'apps/*.cpp' |
  grep -Ev '_(fuzz|test)\.cpp$|src/server/transport|src/train/(learner|training|exporting)')
[ ${#files[@]} -gt 0 ] || { echo "no C++ files found" >&2; exit 1; }
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I{} bash -c 'check {}' && echo "clang-tidy is quiet: ${#files[@]} files"
