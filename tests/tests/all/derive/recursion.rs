//! Types that contain themselves, each other, or nothing but another name for themselves.

use convert_core::exceptions::PyRecursionError;
use convert_core::prelude::*;
use convert_tests::{eval, message, round_trip};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

convert_tests::tests! {
    each_other,
    newtypes_of_each_other,
    values_of_all_kinds,
    back_to_the_same_object,
    flattened_into_itself,
    generic_and_recursive,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Branch {
    leaves: Vec<Leaf>,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
#[py(tag = "type")]
enum Leaf {
    End,
    More { branch: Box<Branch> },
    Pair(Rc<Branch>),
}

fn each_other() {
    round_trip!(
        "{'leaves': [{'type': 'End'}, {'type': 'More', 'branch': {'leaves': []}}]}",
        Branch {
            leaves: vec![Leaf::End, Leaf::More { branch: Box::new(Branch { leaves: vec![] }) }]
        }
    );
    assert_eq!(
        message::<Branch>("{'leaves': [{'type': 'Pair', 'leaves': [{'type': 'More'}]}]}"),
        "Branch: leaves[0] (variant Pair).leaves[0] (variant More).branch: key is missing, expected Branch"
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Here(Vec<There>);

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct There(HashMap<String, Here>);

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Nested(Vec<Nested>);

fn newtypes_of_each_other() {
    round_trip!("[{'a': []}]", Here(vec![There(HashMap::from([("a".into(), Here(vec![]))]))]));
    round_trip!("[[], [[]]]", Nested(vec![Nested(vec![]), Nested(vec![Nested(vec![])])]));
    assert_eq!(message::<Here>("5"), "expected Sequence[dict[str, Sequence[There]]], got int");
    assert_eq!(
        message::<Here>("[5]"),
        "[0]: expected dict[str, Sequence[dict[str, Here]]], got int"
    );
    assert_eq!(message::<Nested>("5"), "expected Sequence[Sequence[Nested]], got int");
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
enum Json {
    Null(()),
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Map(BTreeMap<String, Json>),
}

fn values_of_all_kinds() {
    round_trip!(
        "{'a': [(), True, 1.5, 'x', {}], 'b': {'c': []}}",
        Json::Map(BTreeMap::from([
            (
                "a".into(),
                Json::List(vec![
                    Json::Null(()),
                    Json::Bool(true),
                    Json::Number(1.5),
                    Json::Text("x".into()),
                    Json::Map(BTreeMap::new()),
                ])
            ),
            ("b".into(), Json::Map(BTreeMap::from([("c".into(), Json::List(vec![]))]))),
        ]))
    );
    assert_eq!(
        message::<Json>("[1, {'a': [None]}]"),
        "Json: (variant List)[1] (variant Map)[\"a\"] (variant List)[0]: \
         expected tuple[()] | bool | float | str | Sequence[Json] | dict[str, Json], got None"
    );
    Python::attach(|py| {
        let deep = eval(py, "__import__('functools').reduce(lambda x, _: [x], range(10**5), [])");
        let error = PyErr::from(deep.extract::<Json>().unwrap_err());
        assert!(error.is_instance_of::<PyRecursionError>(py));
    });
}

/// Of any object that is no number, the second variant is the same question again.
#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
enum Loop {
    Number(i64),
    Again(Box<Loop>),
}

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Endless(Option<Box<Endless>>);

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
enum Around {
    Other(Detour),
}

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Detour(Box<Around>);

fn back_to_the_same_object() {
    Python::attach(|py| {
        let text = eval(py, "'x'");
        for error in [
            text.extract::<Loop>().unwrap_err(),
            text.extract::<Endless>().unwrap_err(),
            text.extract::<Around>().unwrap_err(),
        ] {
            assert!(PyErr::from(error).is_instance_of::<PyRecursionError>(py));
        }
        assert!(matches!(eval(py, "5").extract::<Loop>().unwrap(), Loop::Number(5)));
        assert!(eval(py, "None").extract::<Endless>().unwrap().0.is_none());
    });
}

fn flattened_into_itself() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Chain {
        #[py(default)]
        id: Option<u8>,
        #[py(flatten)]
        next: Option<Box<Chain>>,
    }
    Python::attach(|py| {
        let read = eval(py, "{'id': 1}").extract::<Chain>();
        // Each part takes the same entries, and so on.
        assert!(PyErr::from(read.unwrap_err()).is_instance_of::<PyRecursionError>(py));
        assert_eq!(eval(py, "{}").extract::<Chain>().unwrap(), Chain { id: None, next: None });
    });
}

fn generic_and_recursive() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum List<T> {
        Cons(T, Box<List<T>>),
        Nil(()),
    }
    round_trip!("(1, (2, ()))", List::Cons(1_u8, Box::new(List::Cons(2, Box::new(List::Nil(()))))));
}
