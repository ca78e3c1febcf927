# tools/lib.sh - what ./run and ./test share. Source it from the repository root.
set -euo pipefail

logs=build/logs
mkdir -p "$logs"

say() { printf '\033[1m%s\033[0m\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# quietly LABEL COMMAND...: the output goes to build/logs/LABEL.log, the terminal sees that it lives.
quietly() {
  local label=$1 log=$logs/$1.log began=$SECONDS shown=0
  shift
  "$@" >"$log" 2>&1 </dev/null &
  local job=$!
  trap 'kill '"$job"' 2>/dev/null; exit 130' INT TERM
  while kill -0 "$job" 2>/dev/null; do
    sleep 0.5
    if [ -t 1 ]; then
      printf '\r\033[K  %s: %d s  %s' "$label" $((SECONDS - began)) "$(tail -c 300 "$log" | tr '\r' '\n' | tail -n 1 | cut -c1-70)"
    elif [ $((SECONDS - began)) -ge $((shown + 60)) ]; then
      shown=$((SECONDS - began))
      printf '  %s: %d s so far  %s\n' "$label" "$shown" "$(tail -c 300 "$log" | tr '\r' '\n' | tail -n 1 | cut -c1-70)"
    fi
  done
  [ -t 1 ] && printf '\r\033[K'
  trap - INT TERM
  if wait "$job"; then
    printf '  %s: done in %d s\n' "$label" $((SECONDS - began))
  else
    tail -n 25 "$log" >&2
    return 1
  fi
}

# need_disk MIB: the repository's disk must have room for what is about to be made.
need_disk() {
  local free
  free=$(df -Pm . | awk 'NR == 2 {print $4}')
  [ "$free" -ge "$1" ] || die "only $free MiB free on the disk of $(pwd); about $1 MiB are needed. Free some and run this again."
}

# missing_packages FILE...: the Debian packages of those lists that are not there yet.
missing_packages() {
  local package command
  sed 's/#.*//' "$@" | while read -r package command; do
    [ -n "$package" ] || continue
    if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
  done
}

install_packages() {
  command -v apt-get >/dev/null || die "apt-get is not there; on a system other than Debian 12 install by hand: $*"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and only root may install them: $*"
    sudo -v || die "these packages are missing and only root may install them: $*"
    root=(sudo)
  fi
  quietly package-lists "${root[@]}" apt-get update ||
    die "the package lists cannot be fetched: is there a network? See $logs/package-lists.log"
  quietly packages "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    die "apt-get could not install: $*. Is there a network and disk space? See $logs/packages.log"
}

# need_packages FILE...: installs what those lists name and the machine lacks.
need_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# build PRESET [TARGET...]: configures when needed and builds; quick when nothing changed.
build() {
  local preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || quietly "configure-$preset" cmake --preset "$preset" ||
    die "the build cannot be configured, see $logs/configure-$preset.log"
  quietly "build-$preset" cmake --build "build/$preset" ${1:+--target "$@"} ||
    die "the $preset build failed, see $logs/build-$preset.log"
}

# The demo library, freely licensed music: demo_packages and demo_folders take small or full.
demo_packages() {
  case $1 in
    small) echo singularity-music amoebax-data ;;
    full) echo singularity-music hyperrogue-music fretsonfire-songs-muldjord wesnoth-1.16-music ;;
    *) die "--demo takes small or full, not '$1'" ;;
  esac
}
demo_folders() {
  local folder
  case $1 in
    small) set -- singularity/music amoebax/music ;;
    full) set -- singularity/music fretsonfire/data/songs/muldjord wesnoth/1.16/data/core/music ../hyperrogue/music ;;
  esac
  for folder; do realpath "/usr/share/games/$folder"; done
}
