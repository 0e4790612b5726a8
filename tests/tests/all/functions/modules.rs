//! Modules: what is in them, and how often they can be imported.

use convert_core::prelude::*;
use convert_tests::namespace;

convert_tests::tests! {
    what_is_in_a_module,
    what_is_in_a_function_form,
    submodules_are_importable,
    imported_again,
    two_modules_of_one_program,
    an_import_that_fails,
    a_second_interpreter,
    pickled_by_name,
    names_that_the_macro_could_use,
    built_in_too_late,
}

convert_core::create_exception!(
    declared,
    Closed,
    convert_core::exceptions::PyException,
    "Not open."
);

mod elsewhere {
    use convert_core::prelude::*;

    #[pyfunction]
    pub fn far() -> &'static str {
        "far"
    }

    #[pymodule(submodule)]
    pub mod outside {
        pub const WHERE: &str = "outside";
    }
}

/// A shop.
///
/// With things in it.
#[pymodule]
pub mod declared {
    use convert_core::prelude::*;

    #[pymodule_export]
    use super::Closed;
    #[pymodule_export]
    use super::elsewhere::{far, outside};

    const LIMIT: u32 = 7;
    pub const NAMES: [&str; 2] = ["Ada", "Blaise"];
    #[allow(dead_code, reason = "must not be seen")]
    const _HIDDEN: i64 = 1;
    #[pymodule_export]
    const _SHOWN: f64 = 0.5;

    /// Twice as much.
    #[pyfunction]
    fn double(x: i64) -> i64 {
        helper(x)
    }

    #[pyfunction(name = "renamed", pass_module)]
    fn with_module(module: &Bound<'_, PyModule>) -> PyResult<String> {
        Ok(module.name()?.to_string())
    }

    #[cfg(any())]
    #[pyfunction]
    fn never() {}

    fn helper(x: i64) -> i64 {
        2 * x
    }

    /// What is below.
    #[pymodule(name = "inner")]
    mod below {
        use convert_core::prelude::*;

        const DEPTH: u8 = 2;

        #[pyfunction]
        fn triple(x: i64) -> i64 {
            3 * x
        }

        #[pymodule]
        mod deepest {
            const DEPTH: u8 = 3;
        }
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("added", (1, "two"))
    }
}

/// By a function.
#[pymodule]
#[py(name = "filled", gil_used = false)]
pub fn by_function(py: Python<'_>, module: &Bound<'_, PyModule>) -> PyResult<()> {
    #[pyfunction]
    fn half(x: f64) -> f64 {
        x / 2.0
    }

    module.add_function(wrap_pyfunction!(half, module)?)?;
    module.add("Closed", py.get_type::<Closed>())?;
    let inner = PyModule::new(py, "inner")?;
    inner.add("x", 1)?;
    module.add_submodule(&inner)
}

#[pymodule]
pub fn refuses(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Err(convert_core::exceptions::PyOSError::new_err("no licence"))
}

#[pymodule]
pub fn panics(_module: &Bound<'_, PyModule>) {
    panic!("while it is filled");
}

#[pymodule]
pub mod taken {
    use convert_core::prelude::*;

    struct Module(i64);
    const DEFINITION: i64 = 3;

    #[pyfunction]
    fn add_to(x: i64) -> i64 {
        Module(x).0 + DEFINITION
    }
}

/// Makes all of them importable; before the interpreter starts.
pub fn register() {
    convert_core::append_to_inittab!(declared);
    convert_core::append_to_inittab!(by_function);
    convert_core::append_to_inittab!(refuses);
    convert_core::append_to_inittab!(panics);
    convert_core::append_to_inittab!(taken);
}

fn run(code: &str) {
    Python::attach(|py| {
        namespace(py, code);
    });
}

fn what_is_in_a_module() {
    run("
import declared
assert declared.__doc__ == 'A shop.\\n\\nWith things in it.'
names = sorted(name for name in vars(declared) if not name.startswith('__'))
assert names == ['Closed', 'LIMIT', 'NAMES', '_SHOWN', 'added', 'double', 'far', 'inner', 'outside', 'renamed'], names
assert declared.LIMIT == 7 and declared.NAMES == ['Ada', 'Blaise'] and declared._SHOWN == 0.5
assert declared.double(4) == 8 and declared.double.__doc__ == 'Twice as much.'
assert declared.double.__module__ == 'declared'
assert declared.renamed() == 'declared' and declared.far() == 'far'
assert declared.added == (1, 'two')
assert declared.Closed.__module__ == 'declared' and issubclass(declared.Closed, Exception)
assert declared.__spec__.name == 'declared'
");
}

fn what_is_in_a_function_form() {
    run("
import filled
assert filled.__doc__ == 'By a function.'
assert filled.half(3) == 1.5 and filled.inner.x == 1
import declared
assert filled.Closed is declared.Closed
");
}

fn submodules_are_importable() {
    run("
import declared.inner.deepest
from declared.inner import triple
from declared.outside import WHERE
import filled.inner as inner
assert declared.inner.deepest.DEPTH == 3 and triple(2) == 6 and WHERE == 'outside'
assert declared.inner.__name__ == 'declared.inner' and declared.inner.__doc__ == 'What is below.'
assert triple.__module__ == 'declared.inner'
assert inner.x == 1 and inner.__name__ == 'filled.inner'
");
}

fn imported_again() {
    run("
import sys, importlib
import declared as first
del sys.modules['declared']
import declared as second
assert first is not second and first.double is not second.double
assert first.double(2) == second.double(2) == 4
assert first.Closed is second.Closed
assert importlib.reload(second) is second and second.double(3) == 6
first.LIMIT = 8
assert second.LIMIT == 7
");
}

fn two_modules_of_one_program() {
    run("
import declared, filled
assert declared.double(filled.half(8).__int__()) == 8
");
}

fn an_import_that_fails() {
    run("
import sys
for name, error, text in [('refuses', OSError, 'no licence'), ('panics', RuntimeError, 'while it is filled')]:
    for _ in range(2):
        try: __import__(name)
        except error as raised: assert text in str(raised), raised
        else: raise AssertionError(name)
        assert name not in sys.modules
");
}

fn a_second_interpreter() {
    run("
import declared
try: import _interpreters as interpreters
except ImportError: import _xxsubinterpreters as interpreters
import sys
kinds = [{}]
if sys.version_info >= (3, 13): kinds = [{'config': 'legacy'}, {'config': 'isolated'}]
elif sys.version_info >= (3, 12): kinds = [{'isolated': False}, {'isolated': True}]
for kind in kinds:
    args = [kind['config']] if 'config' in kind else []
    if 'config' in kind: kind = {}
    interpreter = interpreters.create(*args, **kind)
    code = '''
import sys
try: import declared
except ImportError as error: assert 'declared does not support loading in subinterpreters' in str(error), error
else: raise AssertionError('imported')
'''
    try:
        failed = interpreters.run_string(interpreter, code)
        assert failed is None, failed
    finally:
        interpreters.destroy(interpreter)
assert declared.double(1) == 2
");
}

fn pickled_by_name() {
    run("
import pickle, declared
assert pickle.loads(pickle.dumps(declared.double)) is declared.double
error = pickle.loads(pickle.dumps(declared.Closed('at night')))
assert type(error) is declared.Closed and error.args == ('at night',)
");
}

fn names_that_the_macro_could_use() {
    run("
import taken
assert taken.add_to(4) == 7 and taken.DEFINITION == 3 and not hasattr(taken, 'Module')
");
}

fn built_in_too_late() {
    Python::attach(|_| {});
    let late = std::panic::catch_unwind(|| convert_core::append_to_inittab!(declared));
    assert!(late.is_err());
}
