//! Balances of accounts after deposits, withdrawals and transfers, in cents.

#![forbid(unsafe_code)]

use std::borrow::Cow;
use std::collections::BTreeMap;

use convert_core::exceptions::PyException;
use convert_core::prelude::*;

convert_core::create_exception!(ledger, Overdrawn, PyException, "An account has too little.");

type Balances = BTreeMap<String, i64>;

/// What is told apart by the key `kind`.
#[derive(FromPyObject)]
#[py(tag = "kind", rename_all = "lowercase", deny_unknown)]
enum Entry {
    Deposit { account: String, cents: u32 },
    Withdrawal { account: String, cents: u32 },
    Transfer { from: String, to: String, cents: u32 },
}

/// Why an entry cannot be booked.
struct Refusal {
    entry: usize,
    account: String,
    missing: i64,
}

impl From<Refusal> for PyErr {
    fn from(Refusal { entry, account, missing }: Refusal) -> Self {
        Overdrawn::new_err(format!("entries[{entry}]: {account:?} has {missing} cents too little"))
    }
}

fn book(mut balances: Balances, entries: &[Entry]) -> Result<Balances, Refusal> {
    for (index, entry) in entries.iter().enumerate() {
        let (from, to, cents) = match entry {
            Entry::Deposit { account, cents } => (None, Some(account), i64::from(*cents)),
            Entry::Withdrawal { account, cents } => (Some(account), None, i64::from(*cents)),
            Entry::Transfer { from, to, cents } => (Some(from), Some(to), i64::from(*cents)),
        };
        if let Some(account) = from {
            let balance = balances.entry(account.clone()).or_default();
            *balance -= cents;
            if *balance < 0 {
                let (account, missing) = (account.clone(), -*balance);
                return Err(Refusal { entry: index, account, missing });
            }
        }
        if let Some(account) = to {
            *balances.entry(account.clone()).or_default() += cents;
        }
    }
    Ok(balances)
}

/// What `import ledger` finds behind its Python files.
#[pymodule(name = "_native")]
mod native {
    use super::*;

    #[pymodule_export]
    use super::Overdrawn;

    /// The balances after these entries; accounts that are not in `opening` begin with nothing.
    #[pyfunction(signature = (entries, /, *, opening = BTreeMap::new()))]
    fn balances(
        py: Python<'_>,
        entries: Vec<Entry>,
        opening: BTreeMap<String, u32>,
    ) -> Result<Balances, Refusal> {
        let opening = opening.into_iter().map(|(account, cents)| (account, cents.into())).collect();
        // No Python object is needed from here on, so other threads may run.
        py.detach(|| book(opening, &entries))
    }

    /// Account numbers.
    #[pymodule]
    mod iban {
        use super::*;

        /// Whether the digits of an IBAN fit its check digits (ISO 7064, mod 97-10).
        ///
        /// The stable ABI of 3.9 lends no `&str`; a `Cow` borrows where it can.
        #[pyfunction]
        fn is_valid(text: Cow<'_, str>) -> bool {
            let letters: Vec<char> = text.chars().filter(|letter| *letter != ' ').collect();
            let length = (5..=34).contains(&letters.len());
            length
                && letters.iter().cycle().skip(4).take(letters.len()).try_fold(0, |rest, letter| {
                    let digit = letter.to_digit(36).filter(|_| !letter.is_lowercase())?;
                    Some((rest * if digit < 10 { 10 } else { 100 } + digit) % 97)
                }) == Some(1)
        }
    }
}
