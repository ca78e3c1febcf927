#!/usr/bin/env bash
# Runs every fuzzer for SECONDS (default 5) from fuzz/corpus/NAME; a find is kept in build/fuzz/finds.
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
seconds=${1:-5}
mkdir -p build/fuzz/finds
found=0 ran=0
for fuzzer in build/fuzz/harmonic_*_fuzz; do
  [ -x "$fuzzer" ] || continue
  name=$(basename "$fuzzer") && name=${name#harmonic_}
  mkdir -p "build/fuzz/corpus/$name" "fuzz/corpus/$name"
  echo "== $name"
  "$fuzzer" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz/finds/$name-" "build/fuzz/corpus/$name" "fuzz/corpus/$name" || found=$((found + 1))
  ran=$((ran + 1))
done
echo "$ran fuzzers ran $seconds s each, $found found something"
[ "$ran" -gt 0 ] && [ "$found" -eq 0 ]
