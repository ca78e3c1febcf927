#!/usr/bin/env python3
"""Unpacks the MIDI pieces of a Doom WAD (Freedoom's teach the tempo: docs/models/music.md).

    tools/wad_music.py /usr/share/games/doom/freedoom1.wad /usr/share/games/doom/freedoom2.wad OUT
"""
import pathlib
import struct
import sys


def midi_lumps(wad: bytes):
    """(name, bytes) of each; the directory is a list of offset, size, name."""
    magic, count, directory = struct.unpack_from('<4sii', wad)
    if magic not in (b'IWAD', b'PWAD'):
        raise ValueError('is no WAD')
    for entry in range(count):
        at, size, name = struct.unpack_from('<ii8s', wad, directory + 16 * entry)
        if wad[at:at + 4] == b'MThd':
            yield name.rstrip(b'\0').decode('ascii'), wad[at:at + size]


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    out = pathlib.Path(arguments[-1])
    out.mkdir(parents=True, exist_ok=True)
    seen = set()
    for file in map(pathlib.Path, arguments[:-1]):
        try:
            for name, piece in midi_lumps(file.read_bytes()):
                if piece in seen:
                    continue
                seen.add(piece)
                (out / f'{file.stem}_{name}.mid').write_bytes(piece)
        except (OSError, ValueError, struct.error) as error:
            sys.exit(f'{file}: {error}')
    print(f'{len(seen)} pieces in {out}')


main(sys.argv[1:])
