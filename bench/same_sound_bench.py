#!/usr/bin/env python3
"""How far a song's mood moves when its file changes and its music does not.

  bench/same_sound_bench.py --songs FOLDER [--every 10] [--harmonic build/release/harmonic] [--json]

Every tenth sound file of FOLDER (Emotify's, by default of docs/models/music.md) is heard as 44.1 kHz
stereo FLAC and as copies of that: -20 dB, +3 dB (limited), 22.05 and 96 kHz, mono, MP3 at 96 kbit/s.
Prints the median and the 95th percentile of the change in valence and in arousal, both -1 .. 1.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

COPIES = {
    "-20 dB": ["-af", "volume=-20dB"],
    "+3 dB": ["-af", "volume=3dB,alimiter=limit=0.99:level=false"],
    "22.05 kHz": ["-ar", "22050"],
    "96 kHz": ["-ar", "96000"],
    "mono": ["-ac", "1"],
    "mp3 96 kbit/s": ["-b:a", "96k"],
}


def encode(source, out, options):
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", source, *options, out], check=True)


def hear(harmonic, files):
    said = subprocess.run([harmonic, "hear", "--json", *files], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in said.stdout.splitlines()]


def percentile(values, share):
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(share * (len(ranked) - 1)))]


def movement(before, after):
    row = {}
    for axis in ("valence", "arousal"):
        moved = [abs(a[axis] - b[axis]) for a, b in zip(before, after)]
        row[axis] = {"median": round(statistics.median(moved), 4), "p95": round(percentile(moved, 0.95), 4)}
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--songs", type=pathlib.Path, required=True)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--harmonic", default="build/release/harmonic")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    songs = sorted(path for path in args.songs.rglob("*") if path.suffix in (".opus", ".ogg", ".flac", ".mp3"))
    songs = songs[::args.every]
    if not songs:
        sys.exit(f"same_sound_bench: {args.songs} holds no sound files")
    table = {}
    with tempfile.TemporaryDirectory(prefix="harmonic-bench-") as name:
        folder = pathlib.Path(name)
        plain = [folder / f"{at}.flac" for at in range(len(songs))]
        for song, out in zip(songs, plain):
            encode(song, out, ["-map", "0:a", "-ar", "44100", "-ac", "2"])
        before = hear(args.harmonic, plain)
        for what, options in COPIES.items():
            kind = "mp3" if what.startswith("mp3") else "flac"
            copies = [folder / f"{at}-copy.{kind}" for at in range(len(songs))]
            for source, out in zip(plain, copies):
                encode(source, out, options)
            table[what] = movement(before, hear(args.harmonic, copies))
    if args.json:
        print(json.dumps({"songs": len(songs), "copies": table}))
        return
    print(f"{len(songs)} songs        valence median   p95   arousal median   p95")
    for what, row in table.items():
        v, a = row["valence"], row["arousal"]
        print(f"{what:<16} {v['median']:>14.3f} {v['p95']:>6.3f} {a['median']:>15.3f} {a['p95']:>6.3f}")


if __name__ == "__main__":
    main()
