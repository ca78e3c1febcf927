#!/usr/bin/env python3
"""Runs clang-tidy over every source file of the release build that changed since it last passed.

Most of its time goes into the headers of others, so files are checked together, as one translation unit,
where they compile as one (two of a folder may use a name for different things). A file's stamp is the
digest of its text, of the headers of this project that it includes, and of the rules.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
STAMPS = ROOT / "build" / "tidy"
TOGETHER = 40
# Fuzzers are not in this build's list; tests are left out because GoogleTest's macros trip half of the
# checks. Both are compiled by the other parts with every warning an error. The others include Beast or
# libtorch (a minute a file).
LEFT_OUT = re.compile(r"_(fuzz|test)\.cpp$|src/server/transport|src/train/(covers|learner|network|training|exporting)")


def output(*command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def included_headers():
    """{file: its headers of this project}, as its last compilation noted them."""
    found, current = {}, []
    for line in output("ninja", "-C", str(BUILD), "-t", "deps").splitlines():
        if not line.startswith(" "):
            current = []
            continue
        path = os.path.relpath(os.path.join(BUILD, line.strip()), ROOT)
        if path.startswith(".."):
            continue
        if not current:
            current = found.setdefault(path, [])
        current.append(path)
    return found


def stamp(file, headers, rules):
    digest = hashlib.sha256(rules)
    for path in sorted(set(headers.get(file, [])) | {file}):
        digest.update((ROOT / path).read_bytes())
    return STAMPS / digest.hexdigest()[:32]


def compilations():
    """{file: its command without compiler, precompiled headers, file, and output}."""
    found = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        words = shlex.split(entry["command"])
        words = words[next(i for i, word in enumerate(words) if word.startswith("-")):words.index("-o")]
        if "-include" in words:
            at = words.index("-include")
            del words[at:at + 2]
        words = [word for word in words if word not in ("-Winvalid-pch", "-fpch-preprocess")]
        found[os.path.relpath(entry["file"], ROOT)] = words
    return found


def together(batch):
    """One translation unit of all files of the batch."""
    if len(batch) == 1:
        return ROOT / batch[0]
    unit = STAMPS / (batch[0].replace("/", "_") + ".together.cpp")
    unit.write_text("".join(f'#include "{ROOT / file}"\n' for file in batch))
    return unit


def compile_as_one(batch, flags):
    """The batch without the files at which the compiler stumbles when they are one unit, and those."""
    batch, others = list(batch), []
    while len(batch) > 1:
        command = ["clang++-14", "-fsyntax-only", "-w", "-ferror-limit=0", *flags, str(together(batch))]
        said = subprocess.run(command, cwd=BUILD, capture_output=True, text=True).stderr
        stumbled = re.findall(r"^(\S+?):\d+:\d+: (?:fatal )?error:", said, re.M)
        if not stumbled:
            break
        blamed = {os.path.relpath(file, ROOT) for file in stumbled} & set(batch[1:]) or {batch[1]}
        others += [file for file in batch if file in blamed]
        batch = [file for file in batch if file not in blamed]
    return batch, others


def check(batch, flags):
    """What clang-tidy says about the files, or "" if it is quiet."""
    batch, others = compile_as_one(batch, flags)
    # What is no mistake between files that are not one.
    lenient = [] if len(batch) == 1 else [
        "--extra-arg=-Wno-shadow", "--checks=-bugprone-suspicious-include,-bugprone-forward-declaration-namespace"]
    done = subprocess.run(
        ["clang-tidy-14", "--quiet", "--extra-arg=-Wno-unknown-warning-option", *lenient, str(together(batch)),
         "--", *flags],
        cwd=BUILD, capture_output=True, text=True)
    said = "" if done.returncode == 0 else done.stdout or done.stderr
    return said + (check(others, flags) if others else "")


def own_names(file):
    """The names that a file gives at the left margin: two files with one in common cannot be one unit."""
    text = (ROOT / file).read_text()
    constants = re.findall(r"^\S.*?\b(k[A-Z]\w*)\b *[={\[]", text, re.M)
    functions = re.findall(r"^[A-Za-z].*?\b([a-z]\w*\([^)]*)", text, re.M)
    types = re.findall(r"^(?:struct|class|enum class) (\w+)", text, re.M)
    aliases = re.findall(r"^using (\w+) = std::", text, re.M)
    return {*constants, *functions, *types, *aliases}


def merged(flags, more):
    """Both lists of flags as one; None where a macro of one may change what the other's headers say."""
    if flags == more:
        return flags
    if {"-pthread", "-DONNX_ML=1"} & {*flags, *more}:
        return None
    found = list(flags)
    for flag, value in zip(more, [*more[1:], ""]):
        if flag == "-isystem":
            found += [flag, value] if value not in flags else []
        elif flag.startswith("-D") and flag not in flags:
            found.append(flag)
    return found


def batches(files, commands):
    """Files that can be one unit, TOGETHER at most, each with their flags."""
    groups = []
    for file in files:
        folder, names = os.path.dirname(file), own_names(file)
        for group in groups:
            taken = group["names"].setdefault(folder, set())
            flags = merged(group["flags"], commands[file])
            if len(group["files"]) < TOGETHER and not taken & names and flags:
                group["files"].append(file)
                group["flags"] = flags
                taken |= names
                break
        else:
            groups.append({"files": [file], "flags": commands[file], "names": {folder: names}})
    return [(group["files"], group["flags"]) for group in groups]


def main():
    if not (BUILD / "compile_commands.json").exists():
        sys.exit("build release first: cmake --preset release")
    STAMPS.mkdir(parents=True, exist_ok=True)
    listed = output("git", "ls-files", "--cached", "--others", "--exclude-standard", "src/*.cpp", "apps/*.cpp")
    files = [file for file in sorted(set(listed.split())) if not LEFT_OUT.search(file)]
    commands, headers = compilations(), included_headers()
    files = [file for file in files if file in commands]
    if not files:
        sys.exit("no C++ files found")
    rules = (ROOT / ".clang-tidy").read_bytes()
    stamps = {file: stamp(file, headers, rules) for file in files}
    changed = [file for file in files if not stamps[file].exists()]
    loud = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(check, batch, flags): batch for batch, flags in batches(changed, commands)}
        for job in concurrent.futures.as_completed(jobs):
            if job.result():
                loud += 1
                print(job.result(), flush=True)
                continue
            for file in jobs[job]:
                stamps[file].touch()
    if loud:
        sys.exit(1)
    print(f"clang-tidy is quiet: {len(files)} files, {len(changed)} of them new or changed")


if __name__ == "__main__":
    main()
