//! Times contenders against each other, in turns, so that a machine that drifts is fair to all.

use std::time::Instant;

/// How many times each contender is measured; the median counts.
const ROUNDS: usize = 61;
/// How long one measurement takes, in nanoseconds.
const BATCH: f64 = 150_000.0;

/// The nanoseconds one call takes: ours, the limit, PyO3.
pub struct Times {
    pub ours: f64,
    pub limit: f64,
    pub pyo3: f64,
}

/// Measures the three in turns, starting each round with another one.
pub fn times(mut ours: impl FnMut(), mut limit: impl FnMut(), mut pyo3: impl FnMut()) -> Times {
    let calls = [calls(&mut ours), calls(&mut limit), calls(&mut pyo3)];
    let mut rounds: [Vec<f64>; 3] = Default::default();
    for round in 0..ROUNDS {
        for turn in 0..3 {
            let contender = (round + turn) % 3;
            let time = match contender {
                0 => batch(&mut ours, calls[0]),
                1 => batch(&mut limit, calls[1]),
                _ => batch(&mut pyo3, calls[2]),
            };
            rounds[contender].push(time);
        }
    }
    let [ours, limit, pyo3] = rounds.map(median);
    Times { ours, limit, pyo3 }
}

/// How many calls fill a batch; warms up on the way.
fn calls(call: &mut impl FnMut()) -> usize {
    for _ in 0..3 {
        batch(call, 50);
    }
    ((BATCH / batch(call, 100).max(0.5)) as usize).clamp(1, 200_000)
}

#[inline(never)]
fn batch(call: &mut impl FnMut(), calls: usize) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        call();
    }
    start.elapsed().as_nanos() as f64 / calls as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
