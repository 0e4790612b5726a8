//! Names of files and paths, against `os.fsencode`, `os.fsdecode` and `pathlib`.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use convert_core::prelude::*;
use convert_tests::{eval, message, namespace, round_trip};

convert_tests::tests! {
    names,
    #[cfg(unix)]
    any_bytes_are_a_name,
    paths,
    what_stands_for_a_path,
    what_pathlib_leaves_out,
    refused,
}

fn names() {
    round_trip!("'a/b'", OsString::from("a/b"));
    round_trip!("''", OsString::new());
    round_trip!("'caf\\xe9 \\U0001f980'", OsString::from("café 🦀"));
    Python::attach(|py| {
        let object = eval(py, "'caf\\xe9'");
        let made = [
            OsStr::new("café").into_py(py).unwrap(),
            Cow::Borrowed(OsStr::new("café")).into_py(py).unwrap(),
            Box::<OsStr>::from(OsStr::new("café")).into_py(py).unwrap(),
            (&Box::<OsStr>::from(OsStr::new("café"))).into_py(py).unwrap(),
        ];
        for made in made {
            assert!(made.as_any().eq(&object).unwrap());
        }
    });
}

/// Every byte alone and between others, and what is not quite UTF-8.
#[cfg(unix)]
fn any_bytes_are_a_name() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let names = Python::attach(|py| namespace(py, "from os import fsencode, fsdecode").unbind());
    convert_tests::proptest!(|(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..20))| {
        Python::attach(|py| {
            let get = |name| PyDictMethods::get_item(names.bind(py), name).unwrap().unwrap();
            let object = PyBytes::new(py, &bytes).unwrap();
            let decoded = get("fsdecode").call1((&object,)).unwrap();
            let name = OsString::from_vec(bytes.clone());
            assert!((&name).into_py(py).unwrap().as_any().eq(&decoded).unwrap());
            assert_eq!(decoded.extract::<OsString>().unwrap(), name);
            assert_eq!(object.extract::<OsString>().unwrap(), name);
            let encoded = get("fsencode").call1((name.clone().into_py(py).unwrap(),)).unwrap();
            assert_eq!(encoded.extract::<&[u8]>().unwrap(), bytes);
            // `pathlib` tidies up what has slashes and dots, as `Path` does where it compares.
            let path: PathBuf = PathBuf::from(&name).into_py(py).unwrap().extract().unwrap();
            let expected = if path == Path::new(".") { Path::new(".") } else { Path::new(&name) };
            let parts = |path: &Path| -> Vec<Vec<u8>> {
                path.components().map(|part| part.as_os_str().as_bytes().to_vec()).collect()
            };
            // Two slashes at the start mean something of their own in Python.
            if !bytes.starts_with(b"//") && path != Path::new(".") {
                let tidy: Vec<_> =
                    parts(expected).into_iter().filter(|part| part != b".").collect();
                assert_eq!(parts(&path), tidy);
            }
        });
    });
}

fn paths() {
    let path = |text| format!("__import__('pathlib').Path({text})");
    round_trip!(&path("'a/b'"), PathBuf::from("a/b"));
    round_trip!(&path("'/'"), PathBuf::from("/"));
    round_trip!(&path("'caf\\xe9'"), PathBuf::from("café"));
    round_trip!(&format!("[{}, None]", path("'a'")), vec![Some(PathBuf::from("a")), None]);
    Python::attach(|py| {
        let object = eval(py, &path("'a/b'"));
        let made = [
            Path::new("a/b").into_py(py).unwrap(),
            Cow::Borrowed(Path::new("a/b")).into_py(py).unwrap(),
            Box::<Path>::from(Path::new("a/b")).into_py(py).unwrap(),
            (&Box::<Path>::from(Path::new("a/b"))).into_py(py).unwrap(),
        ];
        for made in made {
            assert!(made.eq(&object).unwrap());
            assert!(made.get_type().is(&object.get_type()));
        }
    });
}

fn what_stands_for_a_path() {
    Python::attach(|py| {
        for expression in [
            "'a/b'",
            "b'a/b'",
            "type('S', (str,), {'__fspath__': lambda self: 'other'})('a/b')",
            "__import__('pathlib').PurePosixPath('a/b')",
            "type('P', (), {'__fspath__': lambda self: 'a/b'})()",
            "type('P', (), {'__fspath__': lambda self: b'a/b'})()",
            "type('P', (type(__import__('pathlib').Path()),), {})('a/b')",
        ] {
            let path: PathBuf = eval(py, expression).extract().unwrap();
            assert_eq!(path.as_os_str(), "a/b", "{expression}");
        }
        let entry = "next(__import__('os').scandir('.'))";
        let entry = eval(py, entry);
        let name: String = entry.getattr("path").unwrap().extract().unwrap();
        assert_eq!(entry.extract::<PathBuf>().unwrap(), Path::new(&name));
        // A text is kept as it is written.
        let path: PathBuf = eval(py, "'a//b/./c/'").extract().unwrap();
        assert_eq!(path.as_os_str(), "a//b/./c/");
    });
}

fn what_pathlib_leaves_out() {
    Python::attach(|py| {
        for (text, tidy) in [("a//b/./c/", "a/b/c"), ("", "."), ("./a", "a"), ("a/../b", "a/../b")]
        {
            let made = Path::new(text).into_py(py).unwrap();
            assert_eq!(made.str().unwrap().to_string(), tidy);
        }
    });
}

fn refused() {
    assert_eq!(message::<OsString>("5"), "expected str, got int");
    assert_eq!(message::<OsString>("bytearray(b'a')"), "expected str, got bytearray");
    assert_eq!(
        message::<OsString>("__import__('pathlib').Path('a')").split(", got ").next(),
        Some("expected str")
    );
    assert_eq!(message::<PathBuf>("5"), "expected str | os.PathLike, got int");
    assert_eq!(message::<PathBuf>("None"), "expected str | os.PathLike, got None");
    assert_eq!(
        message::<Vec<PathBuf>>("['a', 5, ['b']]"),
        "2 errors\n  [1]: expected str | os.PathLike, got int\n  \
         [2]: expected str | os.PathLike, got list"
    );
    Python::attach(|py| {
        // What only looks like one, on the instance and not the class.
        let instance = "__import__('types').SimpleNamespace(__fspath__=lambda: 'a')";
        assert!(eval(py, instance).extract::<PathBuf>().unwrap_err().is_type());
        for (answer, class) in
            [("1 / 0", "ZeroDivisionError"), ("5", "TypeError"), ("None", "TypeError")]
        {
            let code = format!("type('P', (), {{'__fspath__': lambda self: {answer}}})()");
            let error = eval(py, &code).extract::<PathBuf>().unwrap_err();
            assert!(error.is_exception(), "{error}");
            assert_eq!(PyErr::from(error).get_type(py).type_display_name(), class);
        }
        // A surrogate that stands for no byte.
        for expression in ["'\\ud800'", "__import__('pathlib').Path('\\ud800')"] {
            let error = eval(py, expression).extract::<PathBuf>().unwrap_err();
            let error = PyErr::from(error);
            assert!(
                error.is_instance_of::<convert_core::exceptions::PyUnicodeEncodeError>(py),
                "{error}"
            );
        }
    });
}
