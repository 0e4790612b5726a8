"""How long calls from Python take: the contenders are extension modules that have the same functions.

    python bench.py MODULES [--json FILE] [--runs N] [--filter TEXT] [--left-out TEXT]

MODULES is the directory they are in, as `cargo xtask bench calls` builds them.
"""

import argparse
import gc
import importlib.util
import json
import math
import os
import subprocess
import sys
from itertools import repeat
from pathlib import Path
from statistics import median
from time import perf_counter_ns

CONTENDERS = ["ours", "raw", "pyo3", "cython", "nanobind", "pybind11", "def"]

POINT = {"x": 3, "y": 4, "label": "corner"}
PERSON = {
    "id": 123456,
    "name": "Ada Lovelace",
    "email": "ada@example.org",
    "age": 36,
    "score": 98.5,
    "ratio": 0.25,
    "active": True,
    "verified": False,
    "count": None,
    "city": "London",
}

# Name, function, arguments, what `x` is in them. Cython has no vector or struct of its own to make of
# a list or dict: "in place" and "texts kept", the others make none either, and copy no text.
SUCCESSES = [
    ("f()", "nothing", "", None),
    ("f(int, int)", "add", "1, 2", None),
    ("f(int), one default", "scale", "3", None),
    ("f(a=int, b=int)", "scale", "a=3, b=4", None),
    ("f(int, b=int)", "scale", "3, b=4", None),
    ("f(str)", "text_length", "x", "0123456789"),
    ("f(bytes)", "bytes_length", "x", b"0123456789"),
    ("f(list of 5 ints)", "total", "x", list(range(5))),
    ("f(list of 1000 ints)", "total", "x", list(range(1000))),
    ("f(list of 5 ints) in place", "total_in_place", "x", list(range(5))),
    ("f(dict of 3) as struct", "point", "x", POINT),
    ("f(dict of 10) as struct", "person", "x", PERSON),
    ("f(dict of 10), texts kept", "person_kept", "x", PERSON),
]
# All of them raise TypeError.
FAILURES = [
    ("wrong argument", "add", "1, 'x'", None),
    ("unknown keyword", "add", "1, other=2", None),
    ("missing argument", "add", "1", None),
]
CASES = [("success", *case) for case in SUCCESSES] + [("failure", *case) for case in FAILURES]

ROUNDS = 201
BATCH = 100_000  # ns
IMPORTS = 61


class Case:
    """One call, by every contender."""

    def __init__(self, kind, name, function, arguments, x, modules):
        self.kind, self.name = kind, name
        functions = {who: getattr(module, function) for who, module in modules.items()}
        self.check(functions, arguments, x)
        call = f"f({arguments})"
        if kind == "failure":
            call = f"try: {call}\n        except TypeError: pass"
        self.batches = {who: batch(call, f, x) for who, f in functions.items()}

    def check(self, functions, arguments, x):
        """All contenders give the same, or exceptions of the same class."""
        outcomes = {}
        for who, function in functions.items():
            try:
                value = eval(f"f({arguments})", {"f": function, "x": x})
                outcomes[who] = (type(value), value)
            except Exception as error:
                kinds = (KeyError, OverflowError, TypeError, ValueError)
                outcomes[who] = next((kind for kind in kinds if isinstance(error, kind)), error)
        expected = outcomes["raw"]
        if (expected is TypeError) != (self.kind == "failure"):
            sys.exit(f"{self.name}: raw gives {expected}")
        for who, outcome in outcomes.items():
            if outcome != expected:
                sys.exit(f"{self.name}: {who} gives {outcome}, raw gives {expected}")

    def measure(self):
        """Nanoseconds of a call by each contender. They take turns, each round beginning with another
        one; what the loop alone takes is subtracted."""
        batches = {None: batch("pass", None, None), **self.batches}
        counts = {who: count(run) for who, run in batches.items()}
        times = {who: [] for who in batches}
        order = list(batches)
        for turn in range(ROUNDS):
            for place in range(len(order)):
                who = order[(turn + place) % len(order)]
                times[who].append(batches[who](counts[who]) / counts[who])
        medians = {who: median(values) for who, values in times.items()}
        loop = medians.pop(None)
        return {who: time - loop for who, time in medians.items()}


def batch(call, f, x):
    """A function that calls so many times, and gives the nanoseconds. Each one is code of its own:
    CPython specialises every call in a program's text by what it calls."""
    scope = {"repeat": repeat, "clock": perf_counter_ns, "F": f, "X": x}
    text = f"""
def batch(n, f=F, x=X):
    start = clock()
    for _ in repeat(None, n):
        {call}
    return clock() - start
"""
    exec(text, scope)
    return scope["batch"]


def count(run):
    """How many calls fill a batch; warms up on the way."""
    calls = 1
    while (time := run(calls)) < BATCH / 4:
        calls *= 4
    return max(1, int(BATCH * calls / time))


def measure(contenders, filter):
    """The figures of the cases whose name contains the filter."""
    modules = {who: importlib.import_module(f"calls_{who}") for who in contenders}
    cases = [Case(*case, modules) for case in CASES if filter in case[1]]
    gc.collect()
    gc.freeze()
    gc.disable()
    return [{"name": case.name, "kind": case.kind, **case.measure()} for case in cases]


def measure_apart(arguments):
    """The same, by another process."""
    command = [sys.executable, __file__, arguments.modules, "--one", "--filter", arguments.filter]
    return json.loads(subprocess.check_output(command))


def merged(runs, contenders):
    """The medians of several runs: of the times, and of the ratios of ours to the others'."""
    cases = []
    for same in zip(*runs):
        times = {who: median(case[who] for case in same) for who in contenders}
        others = [who for who in contenders if who != "ours"]
        ratios = {who: median(case["ours"] / case[who] for case in same) for who in others}
        cases.append({"name": same[0]["name"], "kind": same[0]["kind"], **times, "ratios": ratios})
    return cases


def imports(directory):
    """Nanoseconds to import a module without anything, each time in a new process."""
    program = "import sys, time; sys.path[:] = [sys.argv[1]]; t = time.perf_counter_ns();"
    times = {"ours": [], "pyo3": []}
    for turn in range(IMPORTS):
        for who in sorted(times, reverse=turn % 2 == 1):
            code = f"{program} import empty_{who}; print(time.perf_counter_ns() - t)"
            command = [sys.executable, "-I", "-S", "-c", code, directory]
            times[who].append(int(subprocess.check_output(command)))
    return {who: median(values) for who, values in times.items()}


def sizes(directory):
    """Bytes of a module that says hello."""
    found = {who: next(Path(directory).glob(f"hello_{who}.*")) for who in ["ours", "pyo3"]}
    return {who: file.stat().st_size for who, file in found.items()}


def ratio(figures):
    return figures["ours"] / figures["pyo3"]


def geomean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def table(cases, contenders):
    width = max(len(case["name"]) for case in cases)
    heads = [f"{who} ns" if who in CONTENDERS[:3] else who for who in contenders]
    against = ["raw", "pyo3"]
    heads = [f"{head:>9}" for head in heads] + [f"ours/{who:<5}" for who in against]
    print(" | ".join([f"{'case':<{width}}", *heads]))
    for case in cases:
        times = [f"{case[who]:>9.1f}" for who in contenders]
        ratios = [f"{case['ratios'][who]:>10.2f}" for who in against]
        print(" | ".join([f"{case['name']:<{width}}", *times, *ratios]))


def summary(cases, import_time, size):
    parts = []
    for kind in ["success", "failure"]:
        chosen = [case["ratios"] for case in cases if case["kind"] == kind]
        if chosen:
            means = {who: geomean([ratios[who] for ratios in chosen]) for who in ["raw", "pyo3"]}
            means = " ".join(f"ours/{who} {mean:.3f}" for who, mean in means.items())
            parts.append(f"{kind} {means} over {len(chosen)} cases")
    if successes := [case for case in cases if case["kind"] == "success"]:
        worst = max(successes, key=lambda case: case["ratios"]["raw"])
        parts.append(f"worst {worst['name']} {worst['ratios']['raw']:.2f}")
    parts.append(f"import ours/pyo3 {ratio(import_time):.3f}")
    parts.append(f"size ours/pyo3 {ratio(size):.3f}")
    return "geomean " + "; ".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--filter", default="")
    parser.add_argument("--one", action="store_true", help="one run, printed as JSON")
    arguments = parser.parse_args()

    sys.path[:0] = [arguments.modules, os.path.dirname(os.path.abspath(__file__))]
    contenders = [who for who in CONTENDERS if importlib.util.find_spec(f"calls_{who}")]
    if arguments.one:
        print(json.dumps(measure(contenders, arguments.filter)))
        return
    runs = [measure_apart(arguments) for _ in range(max(1, arguments.runs))]
    if not runs[0]:
        sys.exit(f"no case's name contains {arguments.filter!r}")
    cases = merged(runs, contenders)
    version = sys.version.split()[0]
    print(f"CPython {version}; ns per call from Python, medians")
    if left_out := [who for who in CONTENDERS if who not in contenders]:
        print(f"left out, as they could not be built: {', '.join(left_out)}")
    table(cases, contenders)
    import_time, size = imports(arguments.modules), sizes(arguments.modules)
    for who in import_time:
        time = import_time[who] / 1e3
        print(f"{who}: {time:.0f} µs to import an empty module, {size[who]} bytes for one function")
    print(summary(cases, import_time, size))
    if arguments.json:
        report = {
            "title": "calls",
            "python": version,
            "contenders": contenders,
            "cases": cases,
            "import": import_time,
            "size": size,
        }
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
