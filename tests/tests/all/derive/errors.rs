//! The paths and words of errors, across structs, enums and containers.

use convert_core::exceptions::{PyKeyError, PyTypeError, PyValueError};
use convert_core::prelude::*;
use convert_tests::{eval, message, object};
use proptest::prop_assert_eq;
use std::collections::BTreeMap;

convert_tests::tests! {
    the_first_error_of_the_readme,
    one_path_through_everything,
    everything_that_is_wrong_is_listed,
    keys_that_may_have_been_meant,
    keys_are_looked_for_when_somebody_asks,
    missing_fields_are_listed_one_by_one,
    no_more_than_32_missing_fields_are_listed,
    keys_and_attributes_that_are_missing,
    missing_fields_of_flattened_structs,
    the_dict_is_kept_once,
    the_kind_is_that_of_the_first,
    the_places_are_those_of_the_data,
    names_near_and_far,
    keys_are_as_near_as_another_implementation_says,
    a_union_within_a_union,
    a_key_is_told_of_once,
    what_is_in_a_slot_is_no_key,
    what_was_found_stays_found,
    variants_that_read_the_same,
    variants_of_short_and_of_long_names,
    errors_on_the_way_out,
}

fn the_first_error_of_the_readme() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Customer {
        name: String,
        #[py(default)]
        email: Option<String>,
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Order {
        id: u64,
        customer: Customer,
        prices: Vec<f64>,
    }
    let expression = "{'id': '7', 'customer': {}, 'prices': [1.5, None]}";
    let readme = include_str!("../../../../README.md");
    assert!(readme.contains(expression));
    let printed = format!("prints\n\n```text\n{}\n```", message::<Order>(expression));
    assert!(readme.contains(&printed), "{printed}");
}

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Order {
    lines: Vec<Line>,
    #[py(default)]
    notes: BTreeMap<String, Note>,
}

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Line {
    product: Option<String>,
    price: Price,
}

#[derive(FromPyObject, Debug)]
#[py(external)]
#[allow(dead_code, reason = "only its errors are looked at")]
enum Price {
    Fixed(f64),
    Range { low: f64, high: f64 },
    Steps(Vec<(u32, f64)>),
}

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
enum Note {
    Text(String),
    By { author: String, text: String },
}

fn one_path_through_everything() {
    let line = |price: &str| {
        format!(
            "{{'lines': [{{'product': None, 'price': {{'Fixed': 1}}}}] * 2 + [{{'product': 'x', 'price': {price}}}]}}"
        )
    };
    for (price, expected) in [
        ("{'Fixed': None}", "lines[2].price (variant Fixed): expected float, got None"),
        (
            "{'Range': {'low': 1, 'high': ''}}",
            "lines[2].price (variant Range).high: expected float, got str",
        ),
        (
            "{'Steps': [(1, 2.5), (-1, 2)]}",
            "lines[2].price (variant Steps)[1][0]: expected int in 0..=4294967295, got -1",
        ),
        ("5", "lines[2].price: expected Price, got int"),
    ] {
        assert_eq!(message::<Order>(&line(price)), format!("Order: {expected}"));
    }
}

fn everything_that_is_wrong_is_listed() {
    assert_eq!(
        message::<Order>(
            "{'lines': [{'product': 5, 'price': {'fixed': 1}}, {'price': {'Steps': [(1,), 'x']}}],
              'notes': {'a': {'author': 5, 'text': None}, 'b': 7}}"
        ),
        "Order: 8 errors
  lines[0].product: expected str | None, got int
  lines[0].price[\"fixed\"] (key): expected \"Fixed\" | \"Range\" | \"Steps\", got \"fixed\"; did you mean \"Fixed\"?
  lines[1].product: key is missing, expected str | None
  lines[1].price (variant Steps)[0]: expected tuple[int, float], got tuple of length 1
  lines[1].price (variant Steps)[1]: expected tuple[int, float], got str
  notes[\"a\"] (variant By).author: expected str, got int
  notes[\"a\"] (variant By).text: expected str, got None
  notes[\"b\"]: expected str | By, got int"
    );
}

fn keys_that_may_have_been_meant() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Person {
        first_name: String,
        id: u8,
        #[py(default)]
        nick: Option<String>,
    }
    for (expression, near) in [
        ("{'id': 1, 'first_nam': 'x'}", "; there is a key \"first_nam\""),
        ("{'id': 1, 'frist_name': 'x'}", "; there is a key \"frist_name\""),
        ("{'id': 1, 'firstName': 'x'}", "; there is a key \"firstName\""),
        ("{'id': 1, 'FIRST_NAME': 'x', 'fist_name': ''}", "; there is a key \"FIRST_NAME\""),
        ("{'id': 1, 'name': 'x'}", ""),
        // What is known is meant for itself.
        ("{'id': 1, 'nick': 'x'}", ""),
        ("{'id': 1, 5: 'x', b'first_name': 1, '\\ud800': 1}", ""),
        (
            "__import__('collections').OrderedDict(id=1, firstname='x')",
            "; there is a key \"firstname\"",
        ),
    ] {
        let text = message::<Person>(expression);
        assert_eq!(text, format!("Person: first_name: key is missing, expected str{near}"));
    }
    // Attributes are not looked through: that could run code.
    assert_eq!(
        message::<Person>("__import__('types').SimpleNamespace(id=1, first_nam='x')"),
        "Person: first_name: attribute is missing, expected str"
    );
    assert_eq!(
        message::<Person>("{'first_name': 'x', 'ID': 1}"),
        "Person: id: key is missing, expected int; there is a key \"ID\""
    );
}

fn keys_are_looked_for_when_somebody_asks() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Person {
        first_name: String,
        id: u8,
    }
    Python::attach(|py| {
        let dict = eval(py, "{'firstname': 'x', 'Id': 1}");
        let references = dict.reference_count();
        let error = dict.extract::<Person>().unwrap_err();
        let nested =
            eval(py, "[{'id': 7, 'firstName': 'y'}]").extract::<Vec<Person>>().unwrap_err();
        let both = "Person: 2 errors
  first_name: key is missing, expected str; there is a key \"firstname\"
  id: key is missing, expected int; there is a key \"Id\"";
        assert_eq!(error.to_string(), both);
        // Also where the dict is there twice.
        let twice = eval(py, "[{'firstName': 'y', 'id': 7}] * 2").extract::<Vec<Person>>();
        assert_eq!(
            twice.unwrap_err().to_string().matches("there is a key \"firstName\"").count(),
            2
        );
        // One that is not attached does not wait for the interpreter.
        let ended = py.detach(|| {
            let told = |error: ConversionError| (error.to_string(), error.failures());
            std::thread::spawn(move || [told(error), told(nested)]).join()
        });
        let [(error, failures), (nested, _)] = ended.expect("the thread does not panic");
        assert_eq!(
            error,
            both.replace("; there is a key \"firstname\"", "")
                .replace("; there is a key \"Id\"", "")
        );
        assert_eq!(failures[1].1, "key is missing, expected int");
        assert_eq!(nested, "[0].first_name: key is missing, expected str");
        // The dict is given back with the error, and by the exception at once.
        assert_eq!(dict.reference_count(), references);
        let exception = PyErr::from(dict.extract::<Person>().unwrap_err()).into_value(py);
        assert_eq!(dict.reference_count(), references);
        dict.call_method0("clear").unwrap();
        assert_eq!(exception.str().unwrap().to_string_lossy(), both);
        let errors = exception.getattr("errors").unwrap().str().unwrap();
        assert!(errors.to_string_lossy().contains("there is a key \"firstname\""), "{errors}");
    });
}

fn missing_fields_are_listed_one_by_one() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Outer {
        items: Vec<Inner>,
        last: bool,
        next: Option<Inner>,
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Inner {
        count: u8,
        label: String,
        ratio: f64,
        done: Option<bool>,
    }
    let expected = "Outer: 9 errors
  items[0].count: key is missing, expected int
  items[0].label: expected str, got int
  items[0].ratio: key is missing, expected float
  items[0].done: key is missing, expected bool | None; there is a key \"Done\"
  items[1].count: attribute is missing, expected int
  items[1].label: attribute is missing, expected str
  items[1].ratio: attribute is missing, expected float
  last: key is missing, expected bool
  next: key is missing, expected Inner | None";
    Python::attach(|py| {
        let object = eval(
            py,
            "{'items': [{'label': 5, 'Done': 1}, __import__('types').SimpleNamespace(done=None)], 'e': 1}",
        );
        let error = object.extract::<Outer>().unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(error.is_missing() && error.is_complete());
        assert_eq!((error.path(), error.depth()), ("items[0].count".to_owned(), 3));
        assert_eq!(error.expected(), Some(u8::EXPECTED));
        let told = |(path, problem): &(String, String)| format!("\n  {path}: {problem}");
        let failures: String = error.failures().iter().map(told).collect();
        assert_eq!(format!("Outer: 9 errors{failures}"), expected);
        let exception = PyErr::from(error).into_value(py);
        assert_eq!(exception.str().unwrap().to_string_lossy(), expected);
        assert!(exception.is_instance_of::<PyKeyError>());
        let places: Vec<_> = (exception.getattr("errors").unwrap())
            .extract::<Vec<BTreeMap<String, Bound<'_, PyAny>>>>()
            .unwrap()
            .iter()
            .map(|error| error["loc"].str().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(places[3], "('items', 0, 'done')");
        assert_eq!(places[8], "('next',)");
        let loc = exception.getattr("loc").unwrap().str().unwrap();
        assert_eq!(loc.to_string_lossy(), "('items', 0, 'count')");
    });
}

fn no_more_than_32_missing_fields_are_listed() {
    macro_rules! with_fields {
        ($name:ident $($field:ident)* $(, $more:ident)*) => {
            #[derive(FromPyObject, Debug)]
            #[allow(dead_code, non_snake_case, reason = "only its errors are looked at")]
            struct $name {
                $($field: u8,)*
                $(#[py(flatten)] $more: Twenty,)*
            }
        };
    }
    with_fields!(Twenty a b c d e f g h i j k l m n o p q r s t);
    with_fields!(ThirtyTwo A B C D E F G H I J K L, more);
    with_fields!(ThirtyThree A B C D E F G H I J K L M, more);
    with_fields!(Plain A B C D E F G H I J K L M N O P Q R S T U V W X Y Z aa bb cc dd ee ff);
    with_fields!(Many A B C D E F G H I J K L M N O P Q R S T U V W X Y Z aa bb cc dd ee ff gg hh);
    fn count<T: for<'a, 'py> FromPyObject<'a, 'py>>(expression: &str) -> (usize, bool, String) {
        Python::attach(|py| {
            let object = eval(py, expression);
            let Err(error) = T::extract(object.as_borrowed()) else { panic!("it was converted") };
            let head = |text: &str| text.lines().next().unwrap_or_default().to_owned();
            let (count, is_complete) = (error.failures().len(), error.is_complete());
            let text = error.to_string();
            assert_eq!(text.lines().count() - 1, count + usize::from(!is_complete));
            assert_eq!(text, PyErr::from(error).into_value(py).str().unwrap().to_string_lossy());
            (count, is_complete, head(&text))
        })
    }
    for expression in ["{}", "{'x': 1, 5: 6}"] {
        let of = |name: &str, count: &str| format!("{name}: {count} errors");
        assert_eq!(count::<Twenty>(expression), (20, true, of("Twenty", "20")));
        assert_eq!(count::<ThirtyTwo>(expression), (32, true, of("ThirtyTwo", "32")));
        assert_eq!(count::<Plain>(expression), (32, true, of("Plain", "32")));
        let more_than_32 = "more than 32";
        assert_eq!(count::<ThirtyThree>(expression), (32, false, of("ThirtyThree", more_than_32)));
        assert_eq!(count::<Many>(expression), (32, false, of("Many", more_than_32)));
    }
    assert_eq!(count::<Vec<Twenty>>("[{}]"), (20, true, "20 errors".to_owned()));
    assert_eq!(count::<Vec<Twenty>>("[{}, {}]"), (32, false, "more than 32 errors".to_owned()));
    assert_eq!(count::<Vec<Many>>("[{}, {}]"), (32, false, "more than 32 errors".to_owned()));
}

fn keys_and_attributes_that_are_missing() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct AttributeFirst {
        #[py(attribute)]
        wide: u8,
        height: u8,
    }
    #[derive(FromPyObject, Debug)]
    #[py(deny_unknown)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct KeyFirst {
        height: u8,
        #[py(attribute)]
        wide: u8,
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Filled {
        first: u8,
        #[py(attribute)]
        fill: u8,
        second: u8,
    }
    let height = "height: key is missing, expected int; there is a key \"Height\"";
    let wide = "wide: attribute is missing, expected int";
    let unknown = "[\"Wide\"]: unknown key; did you mean \"wide\"?";
    let dict = "{'Height': 1, 'Wide': 2}";
    assert_eq!(
        message::<AttributeFirst>(dict),
        format!("AttributeFirst: 2 errors\n  {wide}\n  {height}")
    );
    assert_eq!(
        message::<KeyFirst>(dict),
        format!("KeyFirst: 3 errors\n  {height}\n  {wide}\n  {unknown}")
    );
    // A dict that has no keys until an attribute is asked for.
    assert_eq!(
        message::<Filled>(
            "type('D', (dict,), {'fill': property(lambda self: self.update(Second=1) or 3)})()"
        ),
        "Filled: 2 errors
  first: key is missing, expected int
  second: key is missing, expected int; there is a key \"Second\""
    );
}

fn missing_fields_of_flattened_structs() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Layer<T> {
        #[py(flatten)]
        rest: T,
        name: u8,
        #[py(attribute)]
        other: u8,
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Last {
        last: u8,
    }
    let layer = "
  name: key is missing, expected int; there is a key \"Name\"
  other: attribute is missing, expected int";
    assert_eq!(
        message::<Layer<Layer<Last>>>("{'Name': 1}"),
        format!("Layer: 5 errors\n  last: key is missing, expected int{layer}{layer}")
    );
    assert_eq!(
        message::<Layer<Layer<Last>>>("{'last': 1, 'Name': 2, 'Other': 5}"),
        format!("Layer: 4 errors{layer}{layer}")
    );
}

fn the_dict_is_kept_once() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Row {
        first: u8,
        second: u8,
        third: u8,
        fourth: u8,
    }
    Python::attach(|py| {
        for expression in ["{'fourth': 1}", "{'first': None, 'Third': 1}", "{'second': None}"] {
            let dict = eval(py, expression);
            let references = dict.reference_count();
            let error = dict.extract::<Row>().unwrap_err();
            // What is wrong with the second parts what is missing before it from what is after it.
            let parts = if expression.contains("second") { 2 } else { 1 };
            assert_eq!(dict.reference_count(), references + parts, "{error}");
            let message = error.to_string();
            PyErr::from(error).restore(py);
            assert_eq!(dict.reference_count(), references);
            let raised = PyErr::take(py).expect("it was just set").into_value(py);
            assert_eq!(raised.str().unwrap().to_string_lossy(), message);
        }
    });
}

fn the_kind_is_that_of_the_first() {
    #[derive(FromPyObject, Debug)]
    #[py(deny_unknown)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Pair {
        a: u8,
        b: u8,
    }
    Python::attach(|py| {
        let error = |expression| PyErr::from(eval(py, expression).extract::<Pair>().unwrap_err());
        assert!(error("{'a': '', 'b': 1, 'c': 1}").is_instance_of::<PyTypeError>(py));
        assert!(error("{'b': 1, 'c': 1}").is_instance_of::<PyKeyError>(py));
        assert!(error("{'a': 1, 'b': 1, 'c': 1}").is_instance_of::<PyValueError>(py));
        assert!(error("5").is_instance_of::<PyTypeError>(py));
    });
}

fn the_places_are_those_of_the_data() {
    Python::attach(|py| {
        let places = |expression| {
            let error = eval(py, expression).extract::<Order>().unwrap_err();
            let errors = PyErr::from(error).value(py).getattr("errors").unwrap();
            let places =
                errors.try_iter().unwrap().map(|one| one.unwrap().get_item("loc").unwrap());
            places
                .map(|place| place.repr().unwrap().to_string_lossy().into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            places("{'lines': [{'price': {'Range': {'low': ''}}}], 'notes': {'x': {'author': 5}}}"),
            [
                "('lines', 0, 'product')",
                "('lines', 0, 'price', 'Range', 'low')",
                "('lines', 0, 'price', 'Range', 'high')",
                "('notes', 'x', 'author')",
                "('notes', 'x', 'text')",
            ]
        );
    });
}

fn names_near_and_far() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Fruit {
        Apple,
        Banana,
        Cherry,
    }
    for (name, near) in [
        ("apple", Some("Apple")),
        ("APPLE", Some("Apple")),
        ("Aplpe", Some("Apple")),
        ("Bananas", Some("Banana")),
        ("Chrry", Some("Cherry")),
        ("Pear", None),
        ("", None),
        ("B", None),
    ] {
        let near = near.map_or(String::new(), |near| format!("; did you mean {near:?}?"));
        assert_eq!(
            message::<Fruit>(&format!("{name:?}")),
            format!("expected \"Apple\" | \"Banana\" | \"Cherry\", got {name:?}{near}")
        );
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Point {
        x: f64,
        id: i64,
    }
    // Of one letter, another one leaves nothing; of two it leaves one.
    let missing = "key is missing, expected float";
    for (key, near) in [("y", false), ("X", true), ("xs", true), ("in", false)] {
        let near = if near { format!("; there is a key {key:?}") } else { String::new() };
        let dict = format!("{{{key:?}: 1, 'id': 2}}");
        assert_eq!(message::<Point>(&dict), format!("Point: x: {missing}{near}"));
    }
    let expected = "Point: id: key is missing, expected int; there is a key \"in\"";
    assert_eq!(message::<Point>("{'x': 1, 'in': 2}"), expected);
    // Long texts are not compared.
    let text = message::<Fruit>("'Apple' * 1000");
    assert!(text.ends_with("AppleAppleAppl…\""), "{text}");
}

fn keys_are_as_near_as_another_implementation_says() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Person {
        first_name: String,
    }
    let wrong = "(first_name|first_Näme)";
    let changed = "[fi]{1,2}[FiIr]{0,3}[st]{1,2}[_é]{0,2}n?a?[mn]{0,2}e?";
    convert_tests::proptest!(|(key in proptest::prop_oneof![wrong, changed, "first[a-z_]{0,5}", "[a-zé]{1,80}"])| {
        let text = Python::attach(|py| {
            let dict = PyDict::new(py)?;
            dict.set_item(key.as_str(), 1)?;
            PyResult::Ok(dict.extract::<Person>().map_or_else(|error| error.to_string(), |_| String::new()))
        });
        let changes = strsim::osa_distance(&key.to_ascii_lowercase(), "first_name");
        let is_near = key != "first_name" && changes <= 3 && key.len() <= 64;
        prop_assert_eq!(text.unwrap().contains("there is a key"), is_near, "{}", key);
    });
}

fn a_union_within_a_union() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Outer {
        Inner(Note),
        Number(i64),
        Boxed(Box<Price>),
    }
    assert_eq!(message::<Outer>("None"), "expected Note | int | Price, got None");
    assert_eq!(
        message::<Outer>("{'author': 5}"),
        "Outer: 3 errors
  (variant Inner) (variant By).author: expected str, got int
  (variant Inner) (variant By).text: key is missing, expected str
  (variant Boxed)[\"author\"] (key): expected \"Fixed\" | \"Range\" | \"Steps\", got \"author\""
    );
}

fn errors_on_the_way_out() {
    /// Cannot be written.
    struct Broken;
    impl<'py> IntoPy<'py> for &Broken {
        type Target = PyAny;
        const PRODUCES: TypeHint = TypeHint::name("object");

        fn into_py(self, _: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
            Err(ConversionError::custom("broken"))
        }
    }
    impl<'py> IntoPy<'py> for Broken {
        type Target = PyAny;
        const PRODUCES: TypeHint = TypeHint::name("object");

        fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
            (&self).into_py(py)
        }
    }
    #[derive(IntoPy)]
    struct Named {
        items: Vec<Variants>,
    }
    #[derive(IntoPy)]
    #[py(tag = "t", content = "c")]
    enum Variants {
        Fields { broken: Broken },
        Tuple(u8, Broken),
        Newtype(Broken),
    }
    Python::attach(|py| {
        for (variant, expected) in [
            (Variants::Fields { broken: Broken }, "Named: items[0].c.broken: broken"),
            (Variants::Tuple(1, Broken), "Named: items[0].c[1]: broken"),
            (Variants::Newtype(Broken), "Named: items[0].c: broken"),
        ] {
            let named = Named { items: vec![variant] };
            assert_eq!((&named).into_py(py).unwrap_err().to_string(), expected);
            assert_eq!(named.into_py(py).unwrap_err().to_string(), expected);
        }
    });
}

fn a_key_is_told_of_once() {
    #[derive(FromPyObject, Debug)]
    #[py(deny_unknown)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Inner {
        width: u8,
    }
    #[derive(FromPyObject, Debug)]
    #[py(deny_unknown)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Outer {
        inner: Inner,
        height: u8,
    }
    assert_eq!(
        message::<Outer>("{'inner': {'width': 1}, 'heihgt': 2, 'depth': 3}"),
        "Outer: 2 errors
  height: key is missing, expected int; there is a key \"heihgt\"
  [\"depth\"]: unknown key"
    );
    // What may have been meant within is another key of that name.
    assert_eq!(
        message::<Outer>("{'inner': {'widht': 1}, 'widht': 2, 'height': 3}"),
        "Outer: 2 errors
  inner.width: key is missing, expected int; there is a key \"widht\"
  [\"widht\"]: unknown key"
    );
}

fn what_is_in_a_slot_is_no_key() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Keyed {
        #[py(item)]
        a: i64,
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Perhaps {
        #[py(item, default)]
        a: i64,
    }
    Python::attach(|py| {
        let class = eval(py, "type('C', (), {'__slots__': ('a',)})");
        let object = class.call0().unwrap();
        object.setattr("a", 1).unwrap();
        // The first time the class is learned.
        for _ in 0..2 {
            let error = object.extract::<Keyed>().unwrap_err();
            assert_eq!(error.to_string(), "expected Keyed, got C");
            let error = object.extract::<Perhaps>().unwrap_err();
            assert_eq!(error.to_string(), "expected Perhaps, got C");
        }
    });
}

fn what_was_found_stays_found() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Lost {
        a: i64,
        #[py(default)]
        b: i64,
        c: i64,
    }
    Python::attach(|py| {
        // Comparing the key of another attribute changes the class.
        let object = object(
            py,
            "class C:
    __slots__ = ('a', '__dict__')
class K(str):
    def __eq__(self, other):
        C.changed = getattr(C, 'changed', 0) + 1
        return False
    __hash__ = str.__hash__
x = C()
x.a = 1
x.__dict__[K('b')] = 2",
        );
        for _ in 0..3 {
            let error = object.extract::<Lost>().unwrap_err();
            assert_eq!(error.to_string(), "Lost: c: attribute is missing, expected int");
        }
    });
}

fn variants_that_read_the_same() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Meters(f64);
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Length {
        Meters(Meters),
        Plain(f64),
        Several(Vec<Meters>),
        Plenty(Vec<f64>),
        Named(BTreeMap<String, Meters>),
        Perhaps(Option<Meters>),
        Other(Option<f64>),
    }
    assert_eq!(
        message::<Length>("1j"),
        "expected float | Sequence[float] | dict[str, float] | float | None, got complex"
    );
    // Of one name, but not of one type.
    mod other {
        #[derive(convert_core::FromPyObject, Debug)]
        #[allow(dead_code, reason = "only its errors are looked at")]
        pub struct Meters(String);
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Either {
        Number(Meters),
        Text(other::Meters),
        Numbers(Vec<Meters>),
        Texts(Vec<other::Meters>),
        Three([Meters; 3]),
        AlsoThree([f64; 3]),
    }
    assert_eq!(
        message::<Either>("1j"),
        "expected float | str | Sequence[float] | Sequence[str] | Sequence[float] of length 3, got complex"
    );
}

/// The first fits where constants keep such texts, the second does not.
fn variants_of_short_and_of_long_names() {
    type Named<T> = BTreeMap<String, T>;
    type Within3<T> = Named<Named<Named<T>>>;
    type Within6<T> = Within3<Within3<T>>;
    type Pair = (Option<i64>, ());
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Short {
        Deep(Within3<Pair>),
        AlsoDeep(Within3<Pair>),
        Perhaps(Option<bool>),
        Text(String),
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Long {
        Deep(Within6<Pair>),
        Deeper(Named<Within6<i64>>),
        AlsoDeep(Within6<Pair>),
        Text(String),
    }
    let dict = |depth: usize, inner: &str| {
        format!("{}{inner}{}", "dict[str, ".repeat(depth), "]".repeat(depth))
    };
    let (short, long) =
        (dict(3, "tuple[int | None, tuple[()]]"), dict(6, "tuple[int | None, tuple[()]]"));
    assert_eq!(
        message::<Short>("1j"),
        format!("expected {short} | bool | None | str, got complex")
    );
    // Of a name that fits and one that does not, neither is taken for the other.
    macro_rules! at_the_edge {
        ($($name:ident $count:literal),*) => { $({
            assert_eq!(stringify!($name).len(), $count);
            #[derive(FromPyObject, Debug)]
            #[allow(dead_code, reason = "only its errors are looked at")]
            struct $name {
                a: i64,
            }
            #[derive(FromPyObject, Debug)]
            #[allow(dead_code, reason = "only its errors are looked at")]
            enum Edge {
                Is($name),
                Perhaps(Option<$name>),
            }
            let name = stringify!($name);
            assert_eq!(message::<Edge>("5"), format!("expected {name} | {name} | None, got int"));
        })* };
    }
    at_the_edge!(Naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 120, Naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 126, Naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 127, Naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 128);
    let deeper = dict(7, "int");
    assert_eq!(message::<Long>("1j"), format!("expected {long} | {deeper} | str, got complex"));
}
