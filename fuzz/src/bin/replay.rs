//! Runs every target without a fuzzer: on what once failed (`findings/`), on the seeds (`corpus/`),
//! and on some changes to those. Takes how many changes to make to each.

use std::fs;
use std::path::Path;
use std::time::Instant;

use convert_fuzz::{TARGETS, start};

fn main() {
    let changes: u32 = match std::env::args().nth(1).map(|count| count.parse()) {
        None => 20,
        Some(Ok(count)) => count,
        Some(Err(_)) => panic!("usage: replay [CHANGES]"),
    };
    start();
    for (name, target) in TARGETS {
        let begin = Instant::now();
        let mut runs = 0;
        for (path, input) in files("findings", name).chain(files("corpus", name)) {
            let mut random = Random(0x9E37_79B9_7F4A_7C15);
            for change in 0..=changes {
                let input = if change == 0 { input.clone() } else { random.change(&input) };
                let failed = std::panic::catch_unwind(|| target(&input)).is_err();
                assert!(!failed, "{name} fails for {path}, change {change}: {input:?}");
                runs += 1;
            }
        }
        println!("{name:14} {runs:7} inputs  {:.1} s", begin.elapsed().as_secs_f64());
    }
}

/// The inputs for a target below a directory of this package: all that were found, and of the
/// corpus what `seeds.py` wrote, which is the same every time.
fn files(directory: &str, target: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory).join(target);
    let mut paths: Vec<_> =
        fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        let wanted =
            ["seed-", "crash-", "timeout-", "oom-"].iter().any(|kind| name.starts_with(kind));
        if wanted { Some((name, fs::read(path).ok()?)) } else { None }
    })
}

/// Numbers that are the same every time (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// The input with a few bytes replaced, inserted, removed or moved.
    fn change(&mut self, input: &[u8]) -> Vec<u8> {
        let mut input = input.to_vec();
        for _ in 0..=self.below(6) {
            let at = self.below(input.len());
            match self.below(4) {
                0 if !input.is_empty() => input[at] = self.below(256) as u8,
                1 if !input.is_empty() => drop(input.remove(at)),
                2 if !input.is_empty() => input.rotate_left(at),
                _ => input.insert(at, self.below(256) as u8),
            }
        }
        input
    }
}
