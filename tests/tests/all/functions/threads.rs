//! Functions that many threads call at once, and that let others run meanwhile.

use std::sync::atomic::{AtomicU64, Ordering};

use convert_core::prelude::*;

convert_tests::tests! {
    calls_from_sixteen_threads,
}

/// How often `count` was called, as Rust counts.
static CALLS: AtomicU64 = AtomicU64::new(0);

/// Adds to a number that all threads share, and works while the others may run.
#[pyfunction(signature = (name, numbers, /, *, step = 1))]
fn count(py: Python<'_>, name: String, numbers: Vec<u64>, step: u64) -> PyResult<(String, u64)> {
    let sum = py.detach(|| {
        CALLS.fetch_add(step, Ordering::Relaxed);
        numbers.iter().map(|number| number * step).sum::<u64>()
    });
    py.check_signals()?;
    Ok((name, sum))
}

/// Every call gives what it should, none is lost, and all threads come to their end. How long is
/// said by `STRESS_SECONDS`.
fn calls_from_sixteen_threads() {
    let seconds = std::env::var("STRESS_SECONDS").unwrap_or_else(|_| "0.5".to_owned());
    CALLS.store(0, Ordering::Relaxed);
    Python::attach(|py| {
        let function = wrap_pyfunction!(count, py).unwrap();
        let read = wrap_pyfunction!(calls, py).unwrap();
        super::run(
            &[function, read],
            &format!(
                "
import sys, threading, time
done, problems = [0] * 16, []
end = time.monotonic() + {seconds}

def work(index):
    name, numbers, calls = f'thread {{index}}', list(range(index + 1)), 0
    expected = sum(numbers)
    try:
        while not calls or time.monotonic() < end:
            for step in (1, 2):
                assert count(name, numbers, step=step) == (name, expected * step)
                calls += step
            try: count(name, [index, -1])
            except OverflowError as error: assert error.loc == ('numbers', 1)
            else: raise AssertionError('not raised')
    except BaseException as error:
        problems.append(error)
    done[index] = calls

interval = sys.getswitchinterval()
sys.setswitchinterval(1e-5)
try:
    threads = [threading.Thread(target=work, args=(index,)) for index in range(16)]
    for thread in threads: thread.start()
    for thread in threads: thread.join({seconds} + 60)
finally:
    sys.setswitchinterval(interval)
assert not problems, problems
assert not any(thread.is_alive() for thread in threads), 'deadlock'
assert all(done) and sum(done) == calls(), (done, calls())
"
            ),
        );
    });
}

#[pyfunction]
fn calls() -> u64 {
    CALLS.load(Ordering::Relaxed)
}
