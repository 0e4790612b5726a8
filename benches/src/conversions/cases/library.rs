//! Objects of Python's standard library: times, paths, addresses.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::conversions::case::{Case, leak, success};

/// PyO3 makes an address of either version.
#[derive(pyo3::FromPyObject)]
pub struct Address(IpAddr);

impl From<Address> for Ipv4Addr {
    fn from(Address(address): Address) -> Self {
        match address {
            IpAddr::V4(address) => address,
            IpAddr::V6(_) => panic!("the object is an IPv4Address"),
        }
    }
}

fn duration() -> Duration {
    Duration::new(3 * 24 * 60 * 60 + 4567, 891_011_000)
}

fn time() -> SystemTime {
    UNIX_EPOCH + Duration::new(1_715_949_296, 789_012_000)
}

pub const CASES: &[Case] = &[
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
];
