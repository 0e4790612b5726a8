//! Which known name a wrong one may have been meant for.

/// The nearest of the known names; see [`Nearest`].
pub fn nearest<'name>(wrong: &str, known: impl IntoIterator<Item = &'name str>) -> Option<String> {
    nearest_of(wrong, &mut known.into_iter())
}

/// One function for all iterators.
#[cold]
#[inline(never)]
fn nearest_of(wrong: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
    let mut nearest = Nearest::to(Name::new(wrong));
    for name in known {
        nearest.offer(Name::new(name));
    }
    nearest.found()
}

/// A name, with what tells at once that it is far from another.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a> {
    letters: u32,
    /// A bit for each letter that it has, whether small or capital. Other characters share them.
    kinds: u32,
    text: &'a str,
}

/// That it is another is mostly known without a look at the text.
impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.kinds == other.kinds && self.text == other.text
    }
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
        Name { letters, kinds, text }
    }

    /// Whether so many changes cannot make one of the other, as each takes off one letter and puts
    /// on another one at most.
    #[inline]
    fn is_beyond(&self, changes: u32, other: &Self) -> bool {
        let (own, its) = (self.kinds & !other.kinds, other.kinds & !self.kinds);
        self.letters.abs_diff(other.letters).max(own.count_ones()).max(its.count_ones()) > changes
    }
}

/// The nearest name offered so far that is near enough to have been meant: of three letters one,
/// and of fewer one, may be wrong, left out or exchanged with the next, and all of them in the
/// wrong case, where they are ASCII (the tables for other letters would be a twenty-fifth of a
/// small extension module). A name of one letter is not near to another letter.
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
    pub fn to(wrong: Name<'a>) -> Self {
        let is_of_use = wrong.letters > 0 && wrong.text.len() <= LONGEST;
        Nearest { wrong, most: is_of_use.then(|| (wrong.letters / 3).max(1)), found: None }
    }

    /// One more name to choose from.
    #[inline]
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
        let changes = changes(self.wrong.text, name.text);
        // Of one letter, another one leaves nothing.
        if changes <= most && changes < self.wrong.letters.max(name.letters) {
            self.most = changes.checked_sub(1);
            self.found = Some(name.text.to_owned());
        }
    }

    /// The nearest.
    pub fn found(self) -> Option<String> {
        self.found
    }
}

/// How many letters of one make the other: of those that are put in, left out, replaced, or
/// exchanged with the next ("optimal string alignment"), in whichever case. Neither is longer than
/// [`LONGEST`].
fn changes(one: &str, other: &str) -> u32 {
    let (mut a, mut b) = (['\0'; LONGEST], ['\0'; LONGEST]);
    let (one, other) = (letters(one, &mut a), letters(other, &mut b));
    let (length, other_length) = (one.len(), other.len());
    // Of three rows, this one is made of the two before.
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for i in 0..=length {
        let [this, last, older] = [i, i + 2, i + 1].map(|row| row % 3);
        for j in 0..=other_length {
            rows[this][j] = match (i.checked_sub(1), j.checked_sub(1)) {
                (Some(a), Some(b)) => {
                    let replaced = rows[last][b] + u8::from(one[a] != other[b]);
                    let least = replaced.min(rows[last][j] + 1).min(rows[this][b] + 1);
                    let is_exchanged =
                        a > 0 && b > 0 && one[a] == other[b - 1] && one[a - 1] == other[b];
                    if is_exchanged { least.min(rows[older][b - 1] + 1) } else { least }
                }
                _ => (i + j) as u8,
            };
        }
    }
    rows[length % 3][other_length].into()
}

/// The letters of a text, all of them small.
#[inline(never)]
fn letters<'a>(text: &str, letters: &'a mut [char; LONGEST]) -> &'a [char] {
    let mut length = 0;
    for (place, letter) in letters.iter_mut().zip(text.chars()) {
        *place = letter.to_ascii_lowercase();
        length += 1;
    }
    &letters[..length]
}
