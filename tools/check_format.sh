#!/usr/bin/env bash
# Fails when a C++ file is not as .clang-format wants it; --fix mends them all.
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
mapfile -t files < <(git ls-files --cached --others --exclude-standard 'src/*.h' 'src/*.cpp' 'apps/*.h' 'apps/*.cpp' 'bench/*.cpp' 'tests/*.cpp')
[ ${#files[@]} -gt 0 ] || { echo "no C++ files found" >&2; exit 1; }
if [ "${1:-}" = --fix ]; then exec clang-format-14 -i "${files[@]}"; fi
clang-format-14 --dry-run --Werror "${files[@]}" && echo "${#files[@]} files are formatted"
