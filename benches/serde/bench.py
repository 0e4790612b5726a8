"""JSON and typed records, to and from Python objects: `cargo xtask bench serde`.

Results are compared first: all contenders give what the standard library's `json` gives. Each is then
measured in turns; the ratio of a row is the median of the ratios of the rounds.
"""

import argparse
import gc
import importlib
import json
import math
import random
import sys
from pathlib import Path
from statistics import median
from time import perf_counter_ns

#: How long a contender runs in one round, in nanoseconds, and how many rounds there are.
ROUND = 20_000_000
ROUNDS = 15


def contenders():
    """The functions of each kind, by contender; ours first, and what ours is measured against."""
    ours, peers = (importlib.import_module(f"serde_{who}") for who in ("ours", "peers"))
    import jiter
    import msgspec
    import orjson

    dumps = {
        "ours": ours.dumps,
        "orjson": orjson.dumps,
        "msgspec": msgspec.json.Encoder().encode,
        "ours, serde_json": ours.dumps_serde_json,
        "pythonize": peers.dumps_pythonize,
        "json": lambda value: json.dumps(value).encode(),
    }
    loads = {
        "ours": ours.loads,
        "orjson": orjson.loads,
        "msgspec": msgspec.json.Decoder().decode,
        "jiter": jiter.from_json,
        "ours, serde_json": ours.loads_serde_json,
        "pythonize": peers.loads_pythonize,
        "json": json.loads,
    }
    to_object = {
        "ours": ours.to_object,
        "limit": ours.to_object_limit,
        "pythonize": peers.to_object_pythonize,
        "serde-pyobject": peers.to_object_serde_pyobject,
    }
    from_object = {
        "ours": ours.from_object,
        "limit": ours.from_object_limit,
        "pythonize": peers.from_object_pythonize,
        "serde-pyobject": peers.from_object_serde_pyobject,
    }
    return dumps, loads, to_object, from_object


def rows(data, wanted):
    """The name of each row, and its calls: those of contenders that give something else are refused."""
    dumps, loads, to_object, from_object = contenders()
    for corpus in ("twitter", "citm_catalog", "canada", "github"):
        text = (data / f"{corpus}.json").read_bytes()
        value = json.loads(text)
        for who, call in dumps.items():
            agree(who, f"dumps {corpus}", json.loads(call(value)), value)
        for who, call in loads.items():
            agree(who, f"loads {corpus}", call(text), value)
        if wanted in f"dumps {corpus}":
            yield f"dumps {corpus}", {who: (call, value) for who, call in dumps.items()}
        if wanted in f"loads {corpus}":
            yield f"loads {corpus}", {who: (call, text) for who, call in loads.items()}
    ours, peers = (importlib.import_module(f"serde_{who}") for who in ("ours", "peers"))
    text = (data / "twitter.json").read_bytes()
    value = json.loads(text)
    ours.keep(text)
    peers.keep(text)
    expected = ours.to_object()
    for who, call in to_object.items():
        agree(who, "to_object", call(), expected)
    agree("limit", "from_object", ours.read_back_limit(value), ours.read_back(value))
    agree("pythonize", "from_object", peers.read_back_pythonize(value), ours.read_back(value))
    agree("ours", "from_object and to_object", json.loads(ours.read_back(value)), expected)
    if wanted in "to_object twitter":
        yield "to_object twitter", {who: (call,) for who, call in to_object.items()}
    if wanted in "from_object twitter":
        yield "from_object twitter", {who: (call, value) for who, call in from_object.items()}


def agree(who, row, given, expected):
    if given != expected or repr(given) != repr(expected):
        sys.exit(f"{who} gives another result than the others on {row!r}")


def measure(calls):
    """The nanoseconds of each contender, and by how much it is slower than each other, by rounds."""
    loops = {who: 1 + int(ROUND / timed(call, 3)) for who, call in calls.items()}
    times = {who: [] for who in calls}
    for _ in range(ROUNDS):
        for who in random.sample(list(calls), len(calls)):
            gc.collect()
            gc.disable()
            times[who].append(timed(calls[who], loops[who]))
            gc.enable()
    return times


def timed(call, count):
    function, *arguments = call
    start = perf_counter_ns()
    for _ in range(count):
        function(*arguments)
    return (perf_counter_ns() - start) / count


def ratio(times, who, other):
    return median(one / two for one, two in zip(times[who], times[other]))


def geomean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def summary(table):
    """The last line."""
    means = {
        "dumps ours/orjson": mean(table, "dumps", "orjson"),
        "loads ours/orjson": mean(table, "loads", "orjson"),
        "to_object ours/limit": mean(table, "to_object", "limit"),
        "from_object ours/limit": mean(table, "from_object", "limit"),
        "typed ours/pythonize": mean(table, ("to_object", "from_object"), "pythonize"),
    }
    return "geomean " + ", ".join(f"{what} {value:.3f}" for what, value in means.items())


def mean(table, kind, other):
    return geomean(row["ratios"][other] for row in table if row["name"].startswith(kind))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--filter", default="")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.modules))
    print(f"CPython {sys.version.split()[0]}; microseconds, medians of {ROUNDS} rounds; ours/… in brackets")
    table = []
    for name, calls in rows(arguments.data, arguments.filter):
        times = measure(calls)
        row = {
            "name": name,
            "times": {who: median(values) for who, values in times.items()},
            "ratios": {who: ratio(times, "ours", who) for who in times if who != "ours"},
        }
        table.append(row)
        cells = (
            f"{who} {time / 1e3:.1f}" + (f" [{row['ratios'][who]:.2f}]" if who in row["ratios"] else "")
            for who, time in row["times"].items()
        )
        print(f"{name:20} | " + " | ".join(cells), flush=True)
    print(summary(table))
    if arguments.json:
        report = {"python": sys.version.split()[0], "cases": table}
        arguments.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
