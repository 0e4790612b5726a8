//! Times contenders against each other, in turns, so that a machine that drifts is fair to all.

use std::hint::black_box;
use std::time::Instant;

/// How many times each contender is measured; the median counts. Fewer where that takes too long.
const ROUNDS: usize = 61;
const FEWEST_ROUNDS: usize = 3;
/// How long one measurement takes, in nanoseconds, and all of them at most.
const BATCH: f64 = 150_000.0;
const ALL: f64 = 4e9;

/// One way to do what a case is about.
pub struct Contender<'a> {
    pub name: &'static str,
    batch: Batch<'a>,
}

/// Calls so many times, and gives the nanoseconds of one call. The loop is inside, where the
/// compiler knows what it calls.
type Batch<'a> = Box<dyn FnMut(usize) -> f64 + 'a>;

impl<'a> Contender<'a> {
    pub fn new(name: &'static str, mut call: impl FnMut() + 'a) -> Self {
        Contender { name, batch: Box::new(move |calls| timed(calls, &mut call)) }
    }

    /// Each call gets an object of its own, made before the clock runs.
    pub fn with_fresh<T>(
        name: &'static str,
        make: impl Fn() -> T + 'a,
        call: impl Fn(&T) + 'a,
    ) -> Self {
        let batch = move |calls| {
            let objects: Vec<T> = (0..calls).map(|_| make()).collect();
            let mut objects = objects.iter();
            timed(calls, &mut || call(objects.next().expect("there are as many as calls")))
        };
        Contender { name, batch: Box::new(batch) }
    }

    /// Calls so many times; for counting instructions.
    pub fn call(&mut self, calls: usize) {
        (self.batch)(calls);
    }

    /// How many calls fill a batch; warms up on the way.
    fn calls(&mut self) -> usize {
        let mut calls = 1;
        loop {
            let time = (self.batch)(calls);
            if time * calls as f64 > BATCH / 4.0 || calls > 100_000 {
                return ((BATCH / time.max(0.5)) as usize).clamp(1, 200_000);
            }
            calls *= 4;
        }
    }
}

/// Not inlined, so that counting instructions can find it by its name.
#[inline(never)]
fn timed(calls: usize, call: &mut impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        call();
    }
    start.elapsed().as_nanos() as f64 / calls as f64
}

/// The nanoseconds that one call of each contender takes, measured in turns, each round starting
/// with another one.
pub fn times(contenders: &mut [Contender<'_>]) -> Vec<f64> {
    let calls: Vec<usize> = contenders.iter_mut().map(Contender::calls).collect();
    let start = Instant::now();
    let mut times = vec![Vec::new(); contenders.len()];
    for round in 0..ROUNDS {
        let elapsed = start.elapsed().as_nanos() as f64;
        if round >= FEWEST_ROUNDS && elapsed > ALL {
            break;
        }
        for turn in 0..contenders.len() {
            let turn = (round + turn) % contenders.len();
            times[turn].push((contenders[turn].batch)(calls[turn]));
        }
    }
    times.into_iter().map(median).collect()
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

/// Makes sure the result comes to be, where it is: moving it would be measured as well.
#[inline(always)]
pub fn see<T, E>(result: Result<T, E>) {
    black_box(&result);
}
