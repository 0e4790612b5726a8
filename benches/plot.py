"""Draws the figures of a benchmark: for each case, ours divided by each other contender.

    python plot.py FIGURES.json PICTURE.png

The figures are {"title", "python", "contenders": [names], "cases": [{"name", "kind", name: ns, …}]}
with one contender called "ours". A case may have "ratios" of its own, say medians of several runs.
"""

import json
import sys

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot, ticker

OURS = "ours"
KINDS = ["success", "failure"]
COLORS = ["#d95f02", "#1b6ca8", "#4d9221", "#7b3294", "#666666", "#b8860b"]
MARKERS = ["o", "s", "D", "^", "v", "P"]


def ratio(case, contender):
    """Ours divided by the other's, if both were measured."""
    if contender in case.get("ratios", {}):
        return case["ratios"][contender]
    if OURS in case and contender in case:
        return case[OURS] / case[contender]
    return None


def rows_of(cases):
    """The lines from top to bottom: for each kind a heading (None for its case), then its cases."""
    kinds = dict.fromkeys([*KINDS, *(case.get("kind", "") for case in cases)])
    rows = []
    for kind in kinds:
        chosen = [case for case in cases if case.get("kind", "") == kind]
        if chosen:
            rows.append((kind, None))
            rows += [(case["name"], case) for case in chosen]
    return rows


def draw(figures, path):
    others = [name for name in figures["contenders"] if name != OURS]
    rows = rows_of(figures["cases"])
    figure, axes = pyplot.subplots(figsize=(11, 1.6 + 0.24 * len(rows)), layout="constrained")
    for contender, color, marker in zip(others, COLORS, MARKERS):
        points = [
            (ratio(case, contender), place)
            for place, (_, case) in enumerate(rows)
            if case and ratio(case, contender)
        ]
        axes.plot(
            [x for x, _ in points],
            [y for _, y in points],
            linestyle="none",
            marker=marker,
            markersize=6,
            color=color,
            label=f"{OURS} / {contender}",
            zorder=3,
        )
    axes.axvline(1.0, color="black", linewidth=1.2, zorder=2)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(ticker.LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(ticker.FormatStrFormatter("%g"))
    axes.xaxis.set_minor_formatter(ticker.NullFormatter())
    axes.tick_params(axis="x", top=True, labeltop=True)
    axes.set_xlabel("time of ours divided by theirs: left of the line is faster")
    axes.set_yticks(range(len(rows)), [name for name, _ in rows], fontsize=8)
    for label, (_, case) in zip(axes.get_yticklabels(), rows):
        if case is None:
            label.set_fontweight("bold")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="both", color="#dddddd", linewidth=0.6, zorder=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.legend(loc="outside upper right", ncols=len(others), frameon=False)
    title = figures.get("title", "benchmark")
    figure.suptitle(f"{title}, CPython {figures['python']}", x=0.01, ha="left")
    figure.savefig(path, dpi=130)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        draw(json.load(file), sys.argv[2])
