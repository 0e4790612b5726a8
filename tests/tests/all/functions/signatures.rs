//! Signatures: each function beside a Python `def` of the same signature, called in every way.

use std::collections::BTreeMap;

use convert_core::prelude::*;

convert_tests::tests! {
    calls_as_of_a_def,
    keywords_that_are_not_interned,
    signatures_can_be_inspected,
    defaults_as_python_writes_them,
    defaults_are_made_for_each_call,
    defaults_of_optional_arguments,
    names_that_the_macros_use,
    names_and_documentation,
    raw_names,
    warnings,
}

type Rest = Vec<i64>;
type Keywords = BTreeMap<String, i64>;

#[pyfunction]
fn nothing() {}

#[pyfunction]
fn plain(a: i64, b: i64) -> (i64, i64) {
    (a, b)
}

#[pyfunction(signature = (a, b = 10, c = 11))]
fn defaults(a: i64, b: i64, c: i64) -> (i64, i64, i64) {
    (a, b, c)
}

#[pyfunction(signature = (a, b, /))]
fn positional_only(a: i64, b: i64) -> (i64, i64) {
    (a, b)
}

#[pyfunction(signature = (a, /, b, c = 12))]
fn mixed(a: i64, b: i64, c: i64) -> (i64, i64, i64) {
    (a, b, c)
}

#[pyfunction(signature = (*, a, b = 13))]
fn keyword_only(a: i64, b: i64) -> (i64, i64) {
    (a, b)
}

#[pyfunction(signature = (*, a, b, c))]
fn three_keywords(a: i64, b: i64, c: i64) -> (i64, i64, i64) {
    (a, b, c)
}

#[pyfunction(signature = (a, *args))]
fn rest(a: i64, args: Rest) -> (i64, Rest) {
    (a, args)
}

#[pyfunction(signature = (*args, a))]
fn rest_first(args: Rest, a: i64) -> (Rest, i64) {
    (args, a)
}

#[pyfunction(signature = (a, **kwargs))]
fn keywords(a: i64, kwargs: Keywords) -> (i64, Keywords) {
    (a, kwargs)
}

#[pyfunction(signature = (a, /, **kwargs))]
fn hidden_name(a: i64, kwargs: Keywords) -> (i64, Keywords) {
    (a, kwargs)
}

#[pyfunction(signature = (**kwargs))]
fn maybe_keywords(kwargs: Option<Keywords>) -> Option<Keywords> {
    kwargs
}

#[pyfunction(signature = (a, /, b = 1, *args, c, d = None, **kwargs))]
#[allow(clippy::type_complexity, reason = "all that there is")]
fn everything(
    a: i64,
    b: i64,
    args: Rest,
    c: i64,
    d: Option<i64>,
    kwargs: Keywords,
) -> ((i64, i64, Rest), (i64, Option<i64>, Keywords)) {
    ((a, b, args), (c, d, kwargs))
}

// The order of the Rust arguments is their own.
#[pyfunction(signature = (a, b = 2, *, c = 3))]
fn another_order(c: i64, py: Python<'_>, b: i64, a: i64) -> (i64, i64, i64, bool) {
    (a, b, c, py.none().is_none())
}

/// The same functions in Python.
const DEFS: &str = "
def nothing(): pass
def plain(a, b): return a, b
def defaults(a, b=10, c=11): return a, b, c
def positional_only(a, b, /): return a, b
def mixed(a, /, b, c=12): return a, b, c
def keyword_only(*, a, b=13): return a, b
def three_keywords(*, a, b, c): return a, b, c
def rest(a, *args): return a, list(args)
def rest_first(*args, a): return list(args), a
def keywords(a, **kwargs): return a, dict(sorted(kwargs.items()))
def hidden_name(a, /, **kwargs): return a, dict(sorted(kwargs.items()))
def maybe_keywords(**kwargs): return dict(sorted(kwargs.items())) or None
def everything(a, /, b=1, *args, c, d=None, **kwargs):
    return (a, b, list(args)), (c, d, dict(sorted(kwargs.items())))
def another_order(a, b=2, *, c=3): return a, b, c, True
defs = {name: value for name, value in globals().items() if hasattr(value, '__code__')}
import inspect, itertools, re
";

fn with_functions(code: &str) {
    Python::attach(|py| {
        let functions = [
            wrap_pyfunction!(nothing, py),
            wrap_pyfunction!(plain, py),
            wrap_pyfunction!(defaults, py),
            wrap_pyfunction!(positional_only, py),
            wrap_pyfunction!(mixed, py),
            wrap_pyfunction!(keyword_only, py),
            wrap_pyfunction!(three_keywords, py),
            wrap_pyfunction!(rest, py),
            wrap_pyfunction!(rest_first, py),
            wrap_pyfunction!(keywords, py),
            wrap_pyfunction!(hidden_name, py),
            wrap_pyfunction!(maybe_keywords, py),
            wrap_pyfunction!(everything, py),
            wrap_pyfunction!(another_order, py),
        ];
        let functions = functions.map(Result::unwrap);
        super::run(&functions, &format!("natives = dict(globals())\n{DEFS}\n{code}"));
    });
}

fn calls_as_of_a_def() {
    // Python 3.13 guesses what a keyword was meant for; the guesses may differ.
    with_functions(
        "
def outcome(function, text, args, kwargs):
    try:
        return function(*args, **kwargs) if text is None else eval(text, {'f': function})
    except TypeError as error:
        return type(error).__mro__[-4:], re.sub(r'\\. Did you mean .*', '', str(error))

names = ['a', 'b', 'c', 'd', 'args', 'x']
count = 0
for name, definition in defs.items():
    native = natives[name]
    for args in range(5):
        for size in range(len(names) + 1):
            for chosen in itertools.combinations(names, size):
                kwargs = {name: index + 100 for index, name in enumerate(reversed(chosen))}
                parts = [str(n) for n in range(args)] + [f'{k}={v}' for k, v in kwargs.items()]
                for text in [None, f'f({\", \".join(parts)})']:
                    call = native, text, range(args), kwargs
                    own, expected = outcome(*call), outcome(definition, *call[1:])
                    assert own == expected, (name, parts, own, expected)
                    count += 1
assert count == 14 * 5 * 64 * 2
",
    );
}

fn keywords_that_are_not_interned() {
    with_functions(
        "
made = ''.join(['a', 'lpha'])[:1]
assert natives['plain'](**{made: 1, 'b': 2}) == (1, 2)
for native, definition in [(natives[name], definition) for name, definition in defs.items()]:
    for odd in [{1: 2}, {'a': 1, None: 2}]:
        try:
            native(**odd)
        except TypeError as error:
            assert 'keywords must be strings' in str(error), error
        else:
            raise AssertionError(native)
class Name(str):
    def __hash__(self): return hash('a')
    def __eq__(self, other): return True
assert natives['plain'](**{Name('a'): 5, 'b': 6}) == (5, 6)
",
    );
}

fn signatures_can_be_inspected() {
    with_functions(
        "
for name, definition in defs.items():
    own, expected = (str(inspect.signature(f)) for f in (natives[name], definition))
    assert own == expected, (name, own, expected)
",
    );
}

#[pyfunction(signature = (
    a = -1, b = 2.5, c = "it's \"é\"\n", d = true, e = None, f = Some(3), g = vec![1, 2], h = b"\x00a'",
    i = 1., j = 'x', k = "text".to_owned(), l = (1, "two".into()), m = String::new(), n = i64::MAX, o = 7, p = 8.to_string()
))]
#[allow(clippy::too_many_arguments, reason = "one for each kind of default")]
#[cfg(any(not(Py_LIMITED_API), Py_3_10))]
fn many_defaults(
    a: i64,
    b: f64,
    c: &str,
    d: bool,
    e: Option<i64>,
    f: Option<i64>,
    g: Vec<i64>,
    h: &[u8],
    i: f64,
    j: char,
    k: String,
    l: (i64, String),
    m: String,
    n: i64,
    o: Option<u8>,
    p: String,
) -> String {
    format!("{a} {b} {c:?} {d} {e:?} {f:?} {g:?} {h:?} {i} {j} {k} {l:?} {m:?} {n} {o:?} {p}")
}

fn defaults_as_python_writes_them() {
    // Borrowing a str needs a newer stable ABI.
    #[cfg(any(not(Py_LIMITED_API), Py_3_10))]
    Python::attach(|py| {
        let function = wrap_pyfunction!(many_defaults, py).unwrap();
        let given = function.call0().unwrap().to_string();
        assert_eq!(
            given,
            r#"-1 2.5 "it's \"é\"\n" true None Some(3) [1, 2] [0, 97, 39] 1 x text (1, "two") "" 9223372036854775807 Some(7) 8"#
        );
        super::run(
            &[function],
            "
import inspect
parameters = inspect.signature(many_defaults).parameters
assert [parameter.default for parameter in parameters.values()] == [
    -1, 2.5, 'it\\'s \"é\"\\n', True, None, 3, [1, 2], b'\\x00a\\'', 1.0, 'x', 'text', (1, 'two'), '', ..., 7, ...
], parameters
",
        );
    });
}

#[pyfunction(signature = (items = Vec::new()))]
fn grown(mut items: Vec<i64>) -> usize {
    items.push(1);
    items.len()
}

fn defaults_are_made_for_each_call() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(grown, py).unwrap();
        super::run(&[function], "assert [grown(), grown(), grown([1, 2])] == [1, 1, 3]");
    });
}

fn nobody() -> Option<String> {
    None
}

#[pyfunction(signature = (a = 3, b = Some(4), c = i64::MAX, d = nobody(), e = String::new(), f = None))]
fn optional_defaults(
    a: Option<i64>,
    b: Option<i64>,
    c: Option<i64>,
    d: Option<String>,
    e: Option<String>,
    f: Option<Vec<i64>>,
) -> String {
    format!("{a:?} {b:?} {c:?} {d:?} {e:?} {f:?}")
}

macro_rules! optional {
    ($name:ident, $default:expr) => {
        #[pyfunction(signature = (a = $default))]
        fn $name(a: Option<i64>) -> Option<i64> {
            a
        }
    };
}
optional!(seven, 7);
optional!(none, None);

fn defaults_of_optional_arguments() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(optional_defaults, py).unwrap();
        assert_eq!(
            function.call0().unwrap().to_string(),
            r#"Some(3) Some(4) Some(9223372036854775807) None Some("") None"#
        );
        let functions = [wrap_pyfunction!(seven, py), wrap_pyfunction!(none, py)];
        super::run(&functions.map(Result::unwrap), "assert (seven(), none()) == (7, None)");
    });
}

const SIGNATURE: i64 = 5;

#[pyfunction(signature = (py, module, slots, others, values, outcome = SIGNATURE, *, signature = 6))]
fn arguments(
    py: i64,
    module: i64,
    slots: i64,
    others: i64,
    values: i64,
    outcome: i64,
    signature: i64,
) -> [i64; 7] {
    [py, module, slots, others, values, outcome, signature]
}

fn names_that_the_macros_use() {
    Python::attach(|py| {
        let wrapped = PyModule::new(py, "wrapped").unwrap();
        let definition = wrap_pyfunction!(arguments, &wrapped).unwrap();
        super::run(&[definition], "assert arguments(0, 1, 2, 3, 4) == [0, 1, 2, 3, 4, 5, 6]");
    });
}

/// Says hello.
///
/// At length, with "quotes" and ümlauts.
#[pyfunction]
#[py(name = "greet")]
fn hello(name: String) -> String {
    format!("Hello, {name}!")
}

#[pyfunction]
#[pyo3(text_signature = "(left, right)")]
fn own_text(a: i64, b: i64) -> i64 {
    a + b
}

/// Nothing to be inspected.
#[pyfunction(text_signature = None)]
fn no_text(a: i64) -> i64 {
    a
}

fn names_and_documentation() {
    Python::attach(|py| {
        let functions = [
            wrap_pyfunction!(hello, py),
            wrap_pyfunction!(own_text, py),
            wrap_pyfunction!(no_text, py),
        ];
        super::run(
            &functions.map(Result::unwrap),
            "
import inspect
assert greet.__name__ == greet.__qualname__ == 'greet'
assert greet.__doc__ == 'Says hello.\\n\\nAt length, with \"quotes\" and ümlauts.', greet.__doc__
assert greet.__text_signature__ == '(name)'
assert greet(name='Ada') == 'Hello, Ada!'
try: greet()
except TypeError as error: assert str(error).startswith('greet() missing'), error
assert str(inspect.signature(own_text)) == '(left, right)'
assert no_text.__text_signature__ is None and no_text.__doc__ == 'Nothing to be inspected.'
",
        );
    });
}

#[pyfunction(signature = (r#in, *, r#type = 3))]
fn r#match(r#in: i64, r#type: i64) -> i64 {
    r#in * r#type
}

fn raw_names() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(r#match, py).unwrap();
        super::run(
            &[function],
            "
import inspect
function = globals()['match']
assert function(**{'in': 2, 'type': 5}) == 10
assert function.__text_signature__ == '(in, *, type=3)'
",
        );
    });
}

#[pyfunction]
#[deprecated(since = "0.2.0", note = "take hello")]
fn old() -> i64 {
    1
}

#[pyfunction]
#[py(warn(message = "this is slow"), warn(message = "and odd", category = convert_core::exceptions::PyFutureWarning))]
fn slow() -> i64 {
    2
}

fn warnings() {
    Python::attach(|py| {
        let functions = [wrap_pyfunction!(old, py), wrap_pyfunction!(slow, py)];
        super::run(
            &functions.map(Result::unwrap),
            "
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    assert (old(), slow()) == (1, 2)
assert [(w.category.__name__, str(w.message)) for w in caught] == [
    ('DeprecationWarning', 'old() is deprecated: take hello'),
    ('UserWarning', 'this is slow'), ('FutureWarning', 'and odd'),
]
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try: slow()
    except UserWarning as warning: assert str(warning) == 'this is slow'
    else: raise AssertionError('not raised')
",
        );
    });
}
