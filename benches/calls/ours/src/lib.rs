//! The functions that are called, by this library.

use convert_core::prelude::*;
use convert_core::types::PyBackedStr;

/// Seen by a black box, so that all of it is made.
#[derive(FromPyObject)]
struct Point {
    x: i64,
    y: i64,
    label: String,
}

#[derive(FromPyObject)]
struct Person {
    id: i64,
    name: String,
    email: String,
    age: i64,
    score: f64,
    ratio: f64,
    active: bool,
    verified: bool,
    count: Option<i64>,
    city: String,
}

/// The same, with the texts in the objects that they come in.
#[derive(FromPyObject)]
struct KeptPerson {
    id: i64,
    name: PyBackedStr,
    email: PyBackedStr,
    age: i64,
    score: f64,
    ratio: f64,
    active: bool,
    verified: bool,
    count: Option<i64>,
    city: PyBackedStr,
}

#[pymodule]
mod calls_ours {
    use super::{KeptPerson, Person, Point};
    use std::hint::black_box;

    use convert_core::prelude::*;

    #[pyfunction]
    fn nothing() {}

    #[pyfunction]
    fn add(a: i64, b: i64) -> i64 {
        a + b
    }

    #[pyfunction(signature = (a, b = 2))]
    fn scale(a: i64, b: i64) -> i64 {
        a * b
    }

    #[pyfunction]
    fn text_length(text: &str) -> usize {
        text.len()
    }

    #[pyfunction]
    fn bytes_length(data: &[u8]) -> usize {
        data.len()
    }

    #[pyfunction]
    fn total(values: Vec<i64>) -> i64 {
        values.iter().sum()
    }

    #[pyfunction]
    fn total_in_place(values: &Bound<'_, PyList>) -> PyResult<i64> {
        let mut sum = 0;
        for value in values {
            sum += value.extract::<i64>()?;
        }
        Ok(sum)
    }

    #[pyfunction]
    fn point(point: Point) -> i64 {
        let point = black_box(&point);
        point.x + point.y + point.label.len() as i64
    }

    #[pyfunction]
    fn person(person: Person) -> f64 {
        let person = black_box(&person);
        let texts = person.name.len() + person.email.len() + person.city.len();
        let flags = i64::from(person.active) + i64::from(person.verified);
        let whole = person.id + person.age + person.count.unwrap_or(0) + flags + texts as i64;
        whole as f64 + person.score + person.ratio
    }

    #[pyfunction]
    fn person_kept(person: KeptPerson) -> f64 {
        let person = black_box(&person);
        let texts = person.name.len() + person.email.len() + person.city.len();
        let flags = i64::from(person.active) + i64::from(person.verified);
        let whole = person.id + person.age + person.count.unwrap_or(0) + flags + texts as i64;
        whole as f64 + person.score + person.ratio
    }
}
