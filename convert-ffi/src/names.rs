//! Which known name a wrong one may have been meant for.

/// The nearest of the known names; see [`Nearest`].
#[cold]
pub fn nearest<'name>(wrong: &str, known: impl IntoIterator<Item = &'name str>) -> Option<String> {
    let mut nearest = Nearest::to(wrong);
    known.into_iter().for_each(|name| nearest.offer(name));
    nearest.found()
}

/// The nearest name offered so far that is near enough to have been meant: one letter in three may
/// be wrong, left out or exchanged with the next, and all of them in the wrong case, where they are
/// ASCII: the tables for other letters would be a twenty-fifth of a small extension module.
#[derive(Debug)]
pub struct Nearest {
    lower: String,
    letters: usize,
    /// No name at this distance or beyond is near.
    beyond: usize,
    found: Option<String>,
}

/// Longer names are of no use, and slow to compare.
const LONGEST: usize = 64;

impl Nearest {
    /// None so far.
    #[cold]
    pub fn to(wrong: &str) -> Self {
        let letters = if wrong.len() <= LONGEST { wrong.chars().count() } else { 0 };
        let beyond = if letters == 0 { 0 } else { (letters / 3).max(1) + 1 };
        Nearest { lower: wrong.to_ascii_lowercase(), letters, beyond, found: None }
    }

    /// One more name to choose from.
    pub fn offer(&mut self, name: &str) {
        // What is so much longer or shorter is further away.
        if name.len() > LONGEST || name.chars().count().abs_diff(self.letters) >= self.beyond {
            return;
        }
        let distance = strsim::osa_distance(&self.lower, &name.to_ascii_lowercase());
        if distance < self.beyond {
            self.beyond = distance;
            self.found = Some(name.to_owned());
        }
    }

    /// The nearest.
    pub fn found(self) -> Option<String> {
        self.found
    }
}
