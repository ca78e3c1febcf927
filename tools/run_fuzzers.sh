#!/usr/bin/env bash
# Runs every fuzzer for SECONDS (default 5) from fuzz/corpus/NAME, one a core; a find is kept in
# build/dev/finds.
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
export seconds=${1:-5}
mkdir -p build/dev/finds build/dev/logs

# run FUZZER: its words come whole, after it has ended.
run() {
  local name log found=0
  name=$(basename "$1") && name=${name#harmonic_}
  log=build/dev/logs/$name.log
  mkdir -p "build/dev/corpus/$name" "fuzz/corpus/$name"
  "$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/dev/finds/$name-" "build/dev/corpus/$name" "fuzz/corpus/$name" >"$log" 2>&1 || found=1
  { echo "== $name"; cat "$log"; }
  return $found
}
export -f run

mapfile -t fuzzers < <(find build/dev -maxdepth 1 -name 'harmonic_*_fuzz' -type f -executable | sort)
[ ${#fuzzers[@]} -gt 0 ] || { echo "no fuzzers: cmake --preset dev && cmake --build build/dev --target fuzzers" >&2; exit 1; }
printf '%s\n' "${fuzzers[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run {}' || { echo "a fuzzer found something, see build/dev/finds"; exit 1; }
echo "${#fuzzers[@]} fuzzers ran $seconds s each and found nothing"
