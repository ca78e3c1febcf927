#!/usr/bin/env bash
# Runs clang-tidy over every source file of the release build that changed since it last passed.
# A file's stamp is the digest of its text, of the headers of this project that it includes, and of
# the rules.
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
[ -f build/release/compile_commands.json ] || { echo "build release first: cmake --preset release" >&2; exit 1; }
export stamps=build/tidy
mkdir -p "$stamps"
rules=$(sha256sum <.clang-tidy)
export rules
# Which of our headers a file includes is known from its last compilation: "FILE HEADER..." a line.
ninja -C build/release -t deps | awk -v root="$PWD/" '
  /^[^ ]/ { if (line) print line; line = "" }
  /^ /    { if (index($1, root) == 1) $1 = substr($1, length(root) + 1); else if (!sub(/^\.\.\/\.\.\//, "", $1)) next
            line = line (line ? " " : "") $1 }
  END     { if (line) print line }' | sort -u >"$stamps/deps"

check() {
  local file=$1 stamp
  local includes
  includes=$(grep -m 1 "^$file " "$stamps/deps" || echo "$file")
  # shellcheck disable=SC2086 # a list of names without blanks
  stamp=$stamps/$( (echo "$rules"; cat $includes) | sha256sum | cut -c1-32)
  [ -e "$stamp" ] && return 0
  clang-tidy-14 -p build/release --quiet --extra-arg=-Wno-unknown-warning-option "$file" 2>/dev/null && touch "$stamp"
}
export -f check
# Left out: what includes Beast or libtorch (a minute a file).
# Fuzzers are not in this build's list; tests are left out because GoogleTest's macros trip half of the
# checks. Both are compiled by the other parts with every warning an error.
mapfile -t files < <(git ls-files --cached --others --exclude-standard 'src/*.cpp' 'apps/*.cpp' |
  grep -Ev '_(fuzz|test)\.cpp$|src/server/transport|src/train/(learner|network|training|exporting)')
[ ${#files[@]} -gt 0 ] || { echo "no C++ files found" >&2; exit 1; }
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I{} bash -c 'check {}' && echo "clang-tidy is quiet: ${#files[@]} files"
