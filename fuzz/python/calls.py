"""The oracle of calls: for each Rust function a `def` of the same signature, which lays the arguments
out, and a model for each parameter, which reads them."""

import re


class Default:
    """What stands for a parameter that was not given: its value is not read."""
    def __init__(self, value): self.value = value


def nothing(): return {}
def pair(a, b): return {"a": a, "b": b}
def defaults(a, b=Default(7), c=Default("none")): return {"a": a, "b": b, "c": c}
def positional(a, b=Default(0.5), /): return {"a": a, "b": b}
def keywords(*, a, b=Default(None)): return {"a": a, "b": b}
def rest(a, *args): return {"a": a, "args": args}
def named(a, /, **kwargs): return {"a": a, "kwargs": kwargs}
def everything(a, /, b=Default(1), *args, c, d=Default(None), **kwargs):
    return {"a": a, "b": b, "args": args, "c": c, "d": d, "kwargs": kwargs}


numbers, by_name = Vec(i64), Map(text, i64, True)
FUNCTIONS = [
    (nothing, {}),
    (pair, {"a": i64, "b": i64}),
    (defaults, {"a": text, "b": u8, "c": text}),
    (positional, {"a": numbers, "b": f64}),
    (keywords, {"a": point, "b": Option(i64)}),
    (rest, {"a": i64, "args": Vec(u16)}),
    (named, {"a": Option(text), "kwargs": by_name}),
    (everything, {
        "a": i64, "b": i64, "args": numbers, "c": text, "d": Option(numbers), "kwargs": by_name,
    }),
]
NAMES = ["a", "b", "c", "d", "args", "kwargs", "self", "é", ""]


def plain(message):
    """Without the name that was meant: Python says it from 3.13 on, and chooses otherwise."""
    return re.sub(r"\. Did you mean .*", "", message)


class Call:
    """One input: a function and its arguments. `check` gives what is wrong, or None."""
    def __init__(self, index, data):
        source = Source(data)
        self.definition, self.models = FUNCTIONS[index]
        given, kinds = source.byte(), list(self.models.values()) or [i64]
        self.args = [kinds[at % len(kinds)].make(source) for at in range(given % 5)]
        self.kwargs = {}
        for _ in range(given // 5 % 5):
            choice = source.byte()
            name = NAMES[choice % len(NAMES)]
            # A text of its own, which no other can be the same object as.
            if choice >= 128: name = "".join(list(name))
            self.kwargs[name] = self.models.get(name, i64).make(source)
        self.made = source.made

    def count(self):
        return [getrefcount(made) for made in self.made]

    def expected(self):
        """The value of the call; or what it raises, and the wrong leaves if it is an argument."""
        try: bound = self.definition(*self.args, **self.kwargs)
        except TypeError as error: return None, error.with_traceback(None), []
        values = []
        for name, model in self.models.items():
            object, wrong = bound[name], []
            if isinstance(object, Default):
                values.append(object.value)
                continue
            try: values.append(model.read(object, (name,), wrong))
            except Exception as error: return None, error.with_traceback(None), []
            if wrong: return None, None, wrong[:LISTED]
        return tuple(values), None, []

    def check(self, native):
        value, error, wrong = self.expected()
        try: got = native(*self.args, **self.kwargs)
        except Exception as raised: return self.raised(raised, error, wrong)
        if error is not None or wrong: return f"gave {got!r}, not {error or wrong!r}"
        if self.models and not same(value, got): return f"gave {got!r}, not {value!r}"
        if not self.models and got is not None: return f"gave {got!r}, not None"

    def raised(self, raised, error, wrong):
        if error is not None:
            if type(error) is not type(raised): return f"raised {raised!r}, not {error!r}"
            if type(error) is TypeError and plain(str(error)) != plain(str(raised)):
                return f"raised {raised!r}, not {error!r}"
            return
        if not wrong: return f"raised {raised!r}"
        got = [(failure["loc"], failure["type"]) for failure in getattr(raised, "errors", [])]
        listed = [(tuple(step for step in at if step is not InKey), name) for at, name in wrong]
        if got != listed: return f"wrong at {got}, not {listed}"
        if raised.loc != listed[0][0]: return f"loc is {raised.loc}"
        start = f"{self.definition.__name__}() argument '{listed[0][0][0]}': "
        if not str(raised).startswith(start): return f"says {raised}, not {start}…"
