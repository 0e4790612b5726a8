//! A checker of records: says of every record that does not fit what is wrong, and where.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{Display, Write};
use std::path::Path;
use std::process::ExitCode;

use convert_core::prelude::*;

/// An order, as one record has it.
#[derive(FromPyObject)]
struct Order {
    /// The order's number.
    id: u64,
    /// Who ordered.
    customer: Customer,
    /// What was ordered.
    lines: Vec<Line>,
    /// Whether the money has arrived.
    paid: bool,
}

/// Who ordered.
#[derive(FromPyObject, PartialEq, Eq, PartialOrd, Ord)]
struct Customer {
    name: String,
    /// May be null, or left out.
    #[py(default)]
    email: Option<String>,
    address: Address,
}

/// Where a customer lives.
#[derive(FromPyObject, PartialEq, Eq, PartialOrd, Ord)]
struct Address {
    street: String,
    city: String,
    /// Text: `01067` is not a number.
    zip: String,
}

/// A product and how many of it.
#[derive(FromPyObject)]
struct Line {
    #[expect(dead_code, reason = "checked, but not part of the totals")]
    sku: String,
    quantity: u32,
    price: f64,
    /// May be left out.
    #[py(default)]
    #[expect(dead_code, reason = "checked, but not part of the totals")]
    tags: Vec<String>,
}

/// What one customer ordered.
#[derive(Default)]
struct Account {
    orders: Vec<u64>,
    total: f64,
    unpaid: f64,
}

/// Checks a JSON file with a list of orders and prints what it finds.
pub fn check(file: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let in_file = |problem: &dyn Display| format!("{}: {problem}", file.display());
    let json = std::fs::read(file).map_err(|error| in_file(&error))?;
    let result = Python::attach(|py| report(py, json));
    let (text, all_fit) = result.map_err(|error| in_file(&error))?;
    crate::print(&text)?;
    Ok(if all_fit { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What to print about a JSON text, and whether all of its records fit.
fn report(py: Python<'_>, json: Vec<u8>) -> Result<(String, bool), ConversionError> {
    let records = py.import("json")?.call_method1("loads", (json,))?.cast_into::<PyList>()?;
    let (mut out, mut orders) = (String::new(), Vec::new());
    for (index, record) in records.try_iter()?.enumerate() {
        match record?.extract::<Order>() {
            Ok(order) => orders.push(order),
            Err(error) if error.is_exception() => return Err(error),
            Err(error) => {
                for (path, problem) in error.failures() {
                    let place = if path.is_empty() { path } else { format!("{path}: ") };
                    let _ = writeln!(out, "record {index}: {place}{problem}");
                }
            }
        }
    }
    let (all, fit) = (records.len(), orders.len());
    let _ = write!(out, "{all} records: {fit} fit, {} do not", all - fit);

    for (Customer { name, email, address }, account) in accounts(orders) {
        let Address { street, city, zip } = address;
        let Account { orders, total, unpaid } = account;
        let email = email.map(|email| format!(" <{email}>")).unwrap_or_default();
        let _ = write!(
            out,
            "\n{name}{email}, {street}, {city} {zip}: orders {orders:?}, {total:.2} in all, \
             {unpaid:.2} unpaid"
        );
    }
    Ok((out, all == fit))
}

/// What each customer ordered.
fn accounts(orders: Vec<Order>) -> BTreeMap<Customer, Account> {
    let mut accounts = BTreeMap::<_, Account>::new();
    for order in orders {
        let lines = order.lines.iter();
        let total: f64 = lines.map(|line| f64::from(line.quantity) * line.price).sum();
        let account = accounts.entry(order.customer).or_default();
        account.orders.push(order.id);
        account.total += total;
        account.unpaid += if order.paid { 0.0 } else { total };
    }
    accounts
}
