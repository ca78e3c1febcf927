#!/usr/bin/env bash
# Runs every fuzzer for SECONDS (default 5) from fuzz/corpus/NAME, one a core; a find is kept in
# build/fuzz/finds.
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
export seconds=${1:-5}
mkdir -p build/fuzz/finds build/fuzz/logs

# run FUZZER: its words come whole, after it has ended.
run() {
  local name log found=0
  name=$(basename "$1") && name=${name#harmonic_}
  log=build/fuzz/logs/$name.log
  mkdir -p "build/fuzz/corpus/$name" "fuzz/corpus/$name"
  "$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz/finds/$name-" "build/fuzz/corpus/$name" "fuzz/corpus/$name" >"$log" 2>&1 || found=1
  { echo "== $name"; cat "$log"; }
  return $found
}
export -f run

mapfile -t fuzzers < <(find build/fuzz -maxdepth 1 -name 'harmonic_*_fuzz' -type f -executable | sort)
[ ${#fuzzers[@]} -gt 0 ] || { echo "no fuzzers: cmake --preset fuzz && cmake --build build/fuzz --target fuzzers" >&2; exit 1; }
printf '%s\n' "${fuzzers[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run {}' || { echo "a fuzzer found something, see build/fuzz/finds"; exit 1; }
echo "${#fuzzers[@]} fuzzers ran $seconds s each and found nothing"
