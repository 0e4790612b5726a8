// A field whose type has no conversion: the error points at the field's type.
use convert_core::prelude::*;

struct Opaque;

#[derive(FromPyObject)]
struct Named {
    id: i64,
    opaque: Opaque,
}

#[derive(FromPyObject)]
struct Tuple(i64, Opaque);

#[derive(FromPyObject)]
struct Newtype(Opaque);

#[derive(IntoPy)]
struct Written {
    id: i64,
    all: Vec<Opaque>,
}

#[derive(IntoPy)]
struct WrittenTuple(i64, Opaque);

#[derive(IntoPy)]
struct WrittenNewtype(Opaque);

#[derive(FromPyObject, IntoPy)]
struct Page<T> {
    items: Vec<T>,
}

#[derive(FromPyObject)]
enum Variants {
    Newtype(Opaque),
    Tuple(i64, Opaque),
    Named {
        opaque: Opaque,
    },
}

#[derive(IntoPy)]
#[py(external)]
enum WrittenVariants {
    Newtype(Opaque),
    Named {
        id: i64,
        opaque: Opaque,
    },
}

#[derive(FromPyObject)]
struct Flattened {
    #[py(flatten)]
    rest: Opaque,
}

fn wants<'a, 'py, T: FromPyObject<'a, 'py> + IntoPy<'py>>() {}

fn main() {
    wants::<Page<Opaque>>();
}
