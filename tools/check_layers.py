#!/usr/bin/env python3
"""Fails when a file under SRC includes a module that SRC/modules.cmake does not let it use, when a
header of the project names a third-party library, or when modules.cmake itself is out of order.

Usage: check_layers.py SRC            (ctest runs it as `layers`)
"""
import pathlib
import re
import sys

# The one third-party header that is part of our vocabulary: Result is made of it.
ALLOWED_IN_HEADERS = {"tl/expected.hpp"}
# The C++ standard library, and POSIX: the platform is no third party.
STANDARD = re.compile(r"^([a-z_0-9]+|(sys|arpa|netinet)/[a-z]+\.h|(fcntl|poll|pthread|signal|unistd)\.h)$")
INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')


def read_table(table: pathlib.Path) -> dict[str, set[str]]:
    allowed: dict[str, set[str]] = {}
    for name, rest in re.findall(r"^\s*harmonic_module\((\w+)([^)]*)\)", table.read_text(), re.M):
        uses = re.search(r"USES((?:\s+[a-z_]+)+)", rest)
        used = set(uses[1].split()) if uses else set()
        if unknown := used - allowed.keys():
            sys.exit(f"{table}: {name} uses {sorted(unknown)}, declared later or nowhere")
        if name in allowed:
            sys.exit(f"{table}: {name} is declared twice")
        allowed[name] = used | {name}
    return allowed


def faults_of(path: pathlib.Path, module: str, allowed: dict[str, set[str]]) -> list[str]:
    faults = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not (include := INCLUDE.match(line)):
            continue
        quoted = include[1] == '"'
        folder, slash, _ = include[2].partition("/")
        if quoted and (not slash or folder in {".", ".."}):
            faults.append(f'{path}:{number}: name the file from the include root, not "{include[2]}"')
        elif (quoted or slash) and folder in allowed:
            if folder not in allowed[module]:
                faults.append(f"{path}:{number}: {module} may not include {folder}")
        elif quoted:
            faults.append(f"{path}:{number}: there is no module {folder}")
        elif path.suffix == ".h" and not STANDARD.match(include[2]) and include[2] not in ALLOWED_IN_HEADERS:
            faults.append(f"{path}:{number}: <{include[2]}> belongs into a .cpp file")
    return faults


def main() -> None:
    root = pathlib.Path(sys.argv[1])
    allowed = read_table(root / "modules.cmake")
    if not allowed:
        sys.exit(f"{root}/modules.cmake declares no module")
    faults = []
    for path in sorted(root.rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        module = path.relative_to(root).parts[0]
        if module not in allowed:
            faults.append(f"{path}: {module} is not declared in modules.cmake")
        else:
            faults += faults_of(path, module, allowed)
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main()
