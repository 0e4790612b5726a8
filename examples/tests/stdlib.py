"""Python's own answer about its standard library, compared with the report on standard input."""

import ast
import os
import sys
import sysconfig

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SKIPPED = {"site-packages", "dist-packages", "test", "tests", "idle_test", "__pycache__"}


def files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = set(folders) - SKIPPED
        for name in names:
            if name.endswith(".py"):
                yield os.path.join(folder, name)


def lines(node):
    return node.end_lineno - node.lineno + 1


def public(node):
    """The public definitions outside of functions, in any block."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, DEFINITIONS):
            yield from public(child)
        elif not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


report = ast.literal_eval(sys.stdin.read())
root = sysconfig.get_path("stdlib")
count = unreadable = functions = classes = arguments = annotated = 0
longest = 0
spans = set()
undocumented = {}
for path in files(root):
    count += 1
    file = os.path.relpath(path, root)
    try:
        with open(path, "rb") as source:
            tree = ast.parse(source.read())
    except (SyntaxError, ValueError):
        unreadable += 1
        continue
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            classes += 1
        elif isinstance(node, DEFINITIONS):
            functions += 1
            longest = max(longest, lines(node))
            spans.add((file, node.name, node.lineno, lines(node)))
            for argument in ast.walk(node.args):
                # A lambda among the defaults has arguments of its own.
                arguments += isinstance(argument, ast.arg)
                annotated += isinstance(argument, ast.arg) and argument.annotation is not None
            for default in node.args.defaults + node.args.kw_defaults:
                if default is not None:
                    arguments -= sum(isinstance(part, ast.arg) for part in ast.walk(default))
    documented = [ast.get_docstring(node) is not None for node in public(tree)]
    undocumented[file] = (len(documented), documented.count(False))


def same(what, reported, expected):
    assert reported == expected, f"{what}: {reported!r} reported, {expected!r} expected"


same("files", report["files"], count)
same("unreadable files", len(report["unreadable"]), unreadable)
same("functions", report["functions"], functions)
same("classes", report["classes"], classes)
same("arguments", report["arguments"], arguments)
same("annotated arguments", report["annotated_arguments"], annotated)
same("longest function", report["longest_functions"][0]["lines"], longest)
for span in report["longest_functions"]:
    key = (span["file"], span["name"].split(".")[-1], span["lineno"], span["lines"])
    assert key in spans, f"no such function: {span}"
for module in report["least_documented_modules"]:
    reported = (module["public"], module["undocumented"])
    same(module["file"], reported, undocumented[module["file"]])
assert report["least_documented_modules"], "no module has public definitions"
