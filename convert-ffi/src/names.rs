//! Which known name a wrong one may have been meant for.

/// The nearest of the known names; see [`Nearest`].
#[cold]
pub fn nearest<'name>(wrong: &str, known: impl IntoIterator<Item = &'name str>) -> Option<String> {
    let mut nearest = Nearest::to(wrong);
    known.into_iter().for_each(|name| nearest.offer(Name::new(name)));
    nearest.found()
}

/// A name, with what tells at once that it is far from another.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a> {
    text: &'a str,
    letters: u32,
    /// A bit for each letter that it has, whether small or capital. Other characters share them.
    kinds: u32,
}

impl<'a> Name<'a> {
    /// The name of that text.
    #[cold]
    pub fn new(text: &'a str) -> Self {
        let (mut letters, mut kinds) = (0, 0);
        for letter in text.chars() {
            letters += 1;
            kinds |= 1 << (u32::from(letter) % 32);
        }
        Name { text, letters, kinds }
    }

    /// Whether so many changes cannot make one of the other: each adds or removes one letter at most,
    /// or does both.
    fn is_beyond(&self, changes: u32, other: &Self) -> bool {
        self.letters.abs_diff(other.letters) > changes
            || (self.kinds ^ other.kinds).count_ones() > 2 * changes
    }
}

/// The nearest name offered so far that is near enough to have been meant: one letter in three may
/// be wrong, left out or exchanged with the next, and all of them in the wrong case, where they are
/// ASCII: the tables for other letters would be a twenty-fifth of a small extension module.
#[derive(Debug)]
pub struct Nearest<'a> {
    wrong: Name<'a>,
    /// So many changes are near enough; none is, for a name that is of no use.
    most: Option<u32>,
    found: Option<String>,
}

/// Longer names are of no use, and slow to compare.
const LONGEST: usize = 64;

impl<'a> Nearest<'a> {
    /// None so far.
    #[cold]
    pub fn to(wrong: &'a str) -> Self {
        let wrong = Name::new(wrong);
        let is_of_use = wrong.letters > 0 && wrong.text.len() <= LONGEST;
        Nearest { wrong, most: is_of_use.then(|| (wrong.letters / 3).max(1)), found: None }
    }

    /// One more name to choose from.
    pub fn offer(&mut self, name: Name<'_>) {
        if let Some(most) = self.most
            && !self.wrong.is_beyond(most, &name)
        {
            self.compare(most, name);
        }
    }

    #[cold]
    #[inline(never)]
    fn compare(&mut self, most: u32, name: Name<'_>) {
        if name.text.len() > LONGEST {
            return;
        }
        let [wrong, text] = [self.wrong, name].map(|name| name.text.to_ascii_lowercase());
        let changes = strsim::osa_distance(&wrong, &text) as u32;
        if changes <= most {
            self.most = changes.checked_sub(1);
            self.found = Some(name.text.to_owned());
        }
    }

    /// The nearest.
    pub fn found(self) -> Option<String> {
        self.found
    }
}
