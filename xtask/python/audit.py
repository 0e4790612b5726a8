"""Fails where a file of native code is tied to the machine it was built on: `audit.py FILE...`

Of a wheel, also where its tag is not that of the stable ABI of 3.9, or its code not up to it.
"""

import io
import subprocess
import sys
import zipfile

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile


def check(condition, what):
    if not condition:
        sys.exit(what)


def links(name, code):
    """What the loader is told to load, and where from."""
    try:
        dynamic = ELFFile(io.BytesIO(code)).get_section_by_name(".dynamic")
    except ELFError:
        print(f"{name}: not ELF, so what it links was not looked at")
        return
    tags = list(dynamic.iter_tags())
    needed = [tag.needed for tag in tags if tag.entry.d_tag == "DT_NEEDED"]
    check(not any("python" in library for library in needed), f"{name} links {needed}")
    paths = [tag.entry.d_tag for tag in tags if tag.entry.d_tag in ("DT_RPATH", "DT_RUNPATH")]
    check(not paths, f"{name} has a {paths}")
    print(f"{name}: links {', '.join(needed)}")


for file in sys.argv[1:]:
    if not file.endswith(".whl"):
        with open(file, "rb") as code:
            links(file, code.read())
        continue
    check("-cp39-abi3-" in file, f"{file} is not tagged cp39-abi3")
    with zipfile.ZipFile(file) as wheel:
        native = [name for name in wheel.namelist() if name.endswith((".so", ".pyd"))]
        check(len(native) == 1, f"{file} has not one file of native code, but {native}")
        links(native[0], wheel.read(native[0]))
    audit = [sys.executable, "-m", "abi3audit", "--strict", "--summary", file]
    check(subprocess.run(audit).returncode == 0, f"{file} needs more than the stable ABI of 3.9")
