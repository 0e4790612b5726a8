"""Writes the first inputs of every target into corpus/TARGET/seed-…: the same on every run, out of
what every Python has with it. Any bytes are an input, so the seeds only have to differ."""

import hashlib, json, os, random, sys, sysconfig
from pathlib import Path

TARGETS = {  # how many types each target chooses from by the first byte, at least
    "scalars": 40, "datetimes": 21, "strings": 28, "sequences": 60, "maps": 24, "derive_struct": 16, "hostile": 36,
    "call_arguments": 40, "big_numbers": 12, "serde_roundtrip": 16,
}


def text():
    """Source code, a table of settings and some numbers: bytes with different frequencies."""
    for module in (json, random, os):
        yield Path(module.__file__).read_bytes()[:6000]
    yield json.dumps(sysconfig.get_config_vars(), default=str).encode()[:6000]
    for bits in range(1, 140):
        for value in (2**bits - 1, 2**bits):
            yield bytes([0, 240, (value.bit_length() + 7) // 8]) + value.to_bytes(18, "little")


def documents():
    """JSON, and what is nearly JSON, for `json_transcode`."""
    values = [None, True, -0.0, 1e300, 2**64, -2**63, 0.1, "é\U0001f600\ud83d\n", [], {}, [[1, 2], [3]],
              {"a": {"b": [None, "x"]}, "": 0}, list(range(40)), {str(i): i for i in range(20)}]
    for value in [*values, values]:
        for text in {json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)}:
            data = text.encode("utf-8", "replace")
            yield from (data, data[:-1], data.replace(b",", b",,", 1), data + b"1")
    yield from (b"NaN", b"-Infinity", b"1e999", b"-0", b"01", b"1.", b'{"a":1,"a":2}', b"[" * 60, b"'a'")


def chance(target, count):
    """Bytes by chance, small, large and mixed ones."""
    source = random.Random(target)
    for number in range(count):
        size = source.choice([3, 8, 20, 60, 160])
        high = source.choice([256, 256, 128, 40])
        yield bytes(source.randrange(high) for _ in range(size))


def write(folder, data):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"seed-{hashlib.sha1(data).hexdigest()[:16]}").write_bytes(data)


def main():
    root = Path(__file__).parent / "corpus"
    pieces = []
    for data in text():
        pieces += [data[at:at + 120] for at in range(0, len(data), 480)]
    for target, types in TARGETS.items():
        folder = root / target
        for number, piece in enumerate([*pieces, *chance(target, types * 12)]):
            write(folder, bytes([number % types]) + piece)
    for document in documents():
        write(root / "json_transcode", document)
    print(f"seeds for {len(TARGETS) + 1} targets in {root.name}/", file=sys.stderr)


main()
