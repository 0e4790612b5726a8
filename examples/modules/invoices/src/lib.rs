//! Invoices in several currencies: what each comes to.
//!
//! An extension that is built with PyO3, as it was before: its module, its class `Rates` and its
//! exception are PyO3's. The functions that take structured data leave that to `convert-core`, or
//! to serde (`by_country`); nothing else had to change.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use convert_core::{FromPyObject, IntoPy};
use convert_pyo3::{Convert, IntoConvert, IntoPyo3, Pyo3};
use pyo3::exceptions::PyLookupError;
use pyo3::prelude::*;
use serde::Deserialize;

pyo3::create_exception!(invoices, UnknownCurrency, PyLookupError, "A currency without a rate.");

/// What other currencies are worth in the one of the books.
#[pyclass(module = "invoices", frozen, from_py_object)]
#[derive(Clone)]
struct Rates(BTreeMap<String, f64>);

#[pymethods]
impl Rates {
    #[new]
    fn new(rates: BTreeMap<String, f64>) -> Self {
        Rates(rates)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }
}

impl Rates {
    fn get(&self, currency: &str) -> PyResult<f64> {
        let rate = self.0.get(currency);
        rate.copied().ok_or_else(|| UnknownCurrency::new_err(currency.to_owned()))
    }
}

/// An invoice; from a dict or from any object with these attributes.
#[derive(FromPyObject)]
struct Invoice {
    lines: Vec<Line>,
    currency: Option<String>,
    /// Rates that were agreed on: an instance of the class above, which PyO3 reads.
    #[py(default)]
    rates: Option<Pyo3<Rates>>,
}

#[derive(FromPyObject)]
struct Line {
    price: f64,
    #[py(default = 1)]
    quantity: u32,
}

#[derive(IntoPy)]
struct Total {
    lines: usize,
    amount: f64,
}

impl Invoice {
    fn total(&self, rates: &Rates) -> PyResult<Total> {
        let agreed = self.rates.as_ref().map_or(rates, |rates| &rates.0);
        let rate = self.currency.as_deref().map_or(Ok(1.0), |currency| agreed.get(currency))?;
        let amount = self.lines.iter().map(|line| line.price * f64::from(line.quantity));
        Ok(Total { lines: self.lines.len(), amount: amount.sum::<f64>() * rate })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Customer {
    customer_id: u64,
    #[serde(default)]
    country: Option<String>,
}

/// What `import invoices` finds behind its Python files.
#[pymodule(name = "_native")]
mod native {
    use super::*;

    #[pymodule_export]
    use super::{Rates, UnknownCurrency};

    /// What an invoice comes to.
    #[pyfunction]
    fn total(invoice: Convert<Invoice>, rates: &Bound<'_, Rates>) -> PyResult<Convert<Total>> {
        invoice.0.total(rates.get()).map(Convert)
    }

    /// What several invoices come to.
    #[pyfunction]
    fn totals(
        invoices: Convert<Vec<Invoice>>,
        rates: &Bound<'_, Rates>,
    ) -> PyResult<Convert<Vec<Total>>> {
        let totals = invoices.0.iter().map(|invoice| invoice.total(rates.get()));
        totals.collect::<PyResult<_>>().map(Convert)
    }

    /// The numbers of customers, by their countries. Customers may be whatever serde can read.
    #[pyfunction]
    fn by_country(customers: &Bound<'_, PyAny>) -> PyResult<Convert<BTreeMap<String, Vec<u64>>>> {
        let customers: Vec<Customer> =
            serde_py::from_object(&customers.into_convert()).into_pyo3()?;
        let mut countries = BTreeMap::<String, Vec<u64>>::new();
        for Customer { customer_id, country } in customers {
            countries.entry(country.unwrap_or_default()).or_default().push(customer_id);
        }
        Ok(Convert(countries))
    }
}
