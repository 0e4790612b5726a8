//! Conversions that the library is still to get. To switch them on, name this file and its cases
//! in `mod.rs`.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::conversions::case::{Case, failure, leak, success};

/// PyO3 makes an address of either version.
#[derive(pyo3::FromPyObject)]
struct Address(IpAddr);

impl From<Address> for Ipv4Addr {
    fn from(Address(address): Address) -> Self {
        match address {
            IpAddr::V4(address) => address,
            IpAddr::V6(_) => panic!("the object is an IPv4Address"),
        }
    }
}

fn items() -> impl Iterator<Item = i64> {
    (0..1000).map(|index| index * 37)
}

fn duration() -> Duration {
    Duration::new(3 * 24 * 60 * 60 + 4567, 891_011_000)
}

fn time() -> SystemTime {
    UNIX_EPOCH + Duration::new(1_715_949_296, 789_012_000)
}

pub const CASES: &[Case] = &[
    success("HashSet<i64> <- set 1000", |scene| {
        scene.extract::<HashSet<i64>>(c"{i * 37 for i in range(1000)}")
    }),
    success("&HashSet<i64> -> set 1000", |scene| {
        scene.make(leak(items().collect::<HashSet<i64>>()))
    }),
    success("BTreeSet<i64> <- set 1000", |scene| {
        scene.extract::<BTreeSet<i64>>(c"{i * 37 for i in range(1000)}")
    }),
    success("&BTreeSet<i64> -> set 1000", |scene| {
        scene.make(leak(items().collect::<BTreeSet<i64>>()))
    }),
    // PyO3 has no `VecDeque`; what it is measured with is a `Vec`.
    success("VecDeque<i64> <- list 1000", |scene| {
        scene.extract_as::<VecDeque<i64>, Vec<i64>>(c"[i * 37 for i in range(1000)]")
    }),
    success("&VecDeque<i64> -> list 1000", |scene| {
        let vec: Vec<i64> = items().collect();
        scene.make_as(leak(VecDeque::from(vec.clone())), leak(vec))
    }),
    success("Duration <- timedelta", |scene| {
        scene.extract::<Duration>(c"datetime.timedelta(3, 4567, 891011)")
    }),
    success("Duration -> timedelta", |scene| scene.make(duration())),
    success("SystemTime <- datetime", |scene| {
        scene.extract::<SystemTime>(
            c"datetime.datetime(2024, 5, 17, 12, 34, 56, 789012, datetime.timezone.utc)",
        )
    }),
    success("SystemTime -> datetime", |scene| scene.make(time())),
    success("PathBuf <- str", |scene| scene.extract::<PathBuf>(c"'/usr/lib/python3/os.py'")),
    success("PathBuf <- Path", |scene| {
        scene.extract::<PathBuf>(c"pathlib.Path('/usr/lib/python3/os.py')")
    }),
    success("&PathBuf -> Path", |scene| scene.make(leak(PathBuf::from("/usr/lib/python3/os.py")))),
    success("Ipv4Addr <- IPv4Address", |scene| {
        scene.extract_as::<Ipv4Addr, Address>(c"ipaddress.IPv4Address('192.0.2.1')")
    }),
    success("Ipv4Addr -> IPv4Address", |scene| scene.make(Ipv4Addr::new(192, 0, 2, 1))),
    failure("Duration <- int, error dropped", |scene| scene.refuse::<Duration>(c"7")),
    failure("HashSet<i64> <- list, error dropped", |scene| {
        scene.refuse::<HashSet<i64>>(c"[1, 2, 3]")
    }),
];
