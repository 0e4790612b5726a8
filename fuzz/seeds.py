"""Writes the first inputs of every target into corpus/TARGET/seed-…: the same on every run, out of
what every Python has with it. Any bytes are an input, so the seeds only have to differ."""

import hashlib, json, os, random, sys, sysconfig
from pathlib import Path

TARGETS = {  # how many types each target chooses from by the first byte, at least
    "scalars": 40, "strings": 28, "sequences": 60, "maps": 24, "derive_struct": 16, "hostile": 36,
    "call_arguments": 40, "big_numbers": 12,
}


def text():
    """Source code, a table of settings and some numbers: bytes with different frequencies."""
    for module in (json, random, os):
        yield Path(module.__file__).read_bytes()[:6000]
    yield json.dumps(sysconfig.get_config_vars(), default=str).encode()[:6000]
    for bits in range(1, 140):
        for value in (2**bits - 1, 2**bits):
            yield bytes([0, 240, (value.bit_length() + 7) // 8]) + value.to_bytes(18, "little")


def chance(target, count):
    """Bytes by chance, small, large and mixed ones."""
    source = random.Random(target)
    for number in range(count):
        size = source.choice([3, 8, 20, 60, 160])
        high = source.choice([256, 256, 128, 40])
        yield bytes(source.randrange(high) for _ in range(size))


def main():
    root = Path(__file__).parent / "corpus"
    pieces = []
    for data in text():
        pieces += [data[at:at + 120] for at in range(0, len(data), 480)]
    for target, types in TARGETS.items():
        folder = root / target
        folder.mkdir(parents=True, exist_ok=True)
        for number, piece in enumerate([*pieces, *chance(target, types * 12)]):
            data = bytes([number % types]) + piece
            (folder / f"seed-{hashlib.sha1(data).hexdigest()[:16]}").write_bytes(data)
    print(f"seeds for {len(TARGETS)} targets in {root.name}/", file=sys.stderr)


main()
