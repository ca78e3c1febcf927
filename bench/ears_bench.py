#!/usr/bin/env python3
"""How fast four minutes of music are heard in five formats, next to what Debian's tools do with them.

  bench/ears_bench.py [--build build/release] [--songs 4] [--json]

Cuts songs of singularity-music to 240 s and encodes them as MP3, FLAC, Ogg Vorbis, Opus and M4A; then,
on one core and with nothing else running:
  ours      scan_bench: decode, every feature, mood, into a database
  aubio     `aubio tempo` and `aubio mfcc` (aubio-tools)
  ebur128   `ffmpeg -af ebur128`
and ours again on two cores. Speeds are seconds of music a second of wall clock.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

SECONDS = 240
MUSIC = pathlib.Path("/usr/share/games/singularity/music")
CODECS = {
    "mp3": ["-c:a", "libmp3lame", "-b:a", "192k"],
    "flac": ["-c:a", "flac"],
    "ogg": ["-c:a", "libvorbis", "-q:a", "5"],
    "opus": ["-c:a", "libopus", "-b:a", "128k"],
    "m4a": ["-c:a", "aac", "-b:a", "160k"],
}
RIVALS = {
    "aubio": [["aubio", "tempo", "{}"], ["aubio", "mfcc", "{}"]],
    "ebur128": [["ffmpeg", "-nostats", "-i", "{}", "-af", "ebur128", "-f", "null", "-"]],
}


def duration(path):
    said = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path],
                          capture_output=True, text=True, check=True)
    return float(said.stdout)


def make_files(folder, count):
    songs = [path for path in sorted(MUSIC.glob("*.ogg")) if duration(path) > SECONDS][:count]
    if not songs:
        sys.exit("ears_bench: no song of four minutes; install singularity-music")
    for at, song in enumerate(songs):
        for kind, codec in CODECS.items():
            out = folder / kind / f"{at}.{kind}"
            out.parent.mkdir(exist_ok=True)
            subprocess.run(["ffmpeg", "-v", "error", "-t", str(SECONDS), "-i", song, "-map", "0:a", "-ar", "44100" if
                            kind != "opus" else "48000", *codec, out], check=True)
    return len(songs)


def on_cores(cores, command):
    """Wall seconds, peak MiB and output of a command."""
    start = time.monotonic()
    child = subprocess.Popen(["taskset", "-c", cores, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"ears_bench: {' '.join(map(str, command))} failed")
    return time.monotonic() - start, usage.ru_maxrss / 1024, output


def ours(build, cores, jobs, folder):
    _, _, said = on_cores(cores, [build / "scan_bench", "--jobs", str(jobs), folder])
    found = re.search(r"in +([0-9.]+) s +.*peak +([0-9]+) MiB", said)
    return float(found[1]), float(found[2])


def rival(commands, files):
    wall, peak = 0.0, 0.0
    for path in files:
        for command in commands:
            seconds, memory, _ = on_cores("0", [part.format(path) for part in command])
            wall, peak = wall + seconds, max(peak, memory)
    return wall, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--songs", type=int, default=4)  # even: two cores share them
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="harmonic-bench-") as name:
        folder = pathlib.Path(name)
        songs = make_files(folder, args.songs)

        def add(who, what, files, result):
            wall, peak = result
            rows.append({"who": who, "what": what, "speed": round(files * SECONDS / wall, 1), "peak_mib": round(peak)})

        for kind in CODECS:
            add("ours", kind, songs, ours(args.build, "0", 1, folder / kind))
        all_files = sorted(path for path in folder.rglob("*.*"))
        add("ours", "all", len(all_files), ours(args.build, "0", 1, folder))
        add("ours, two cores", "all", len(all_files), ours(args.build, "0,1", 2, folder))
        for who, commands in RIVALS.items():
            add(who, "all", len(all_files), rival(commands, all_files))
    if args.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print(f"{row['who']:<16} {row['what']:<5} {row['speed']:>7.1f} x realtime  peak {row['peak_mib']:>4} MiB")


if __name__ == "__main__":
    main()
