//! The buffer protocol, against what `memoryview` and `struct` say of the same object.

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_core::types::{Element, Plain};
use convert_tests::{eval, namespace, object};

convert_tests::tests! {
    rows_of_numbers,
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))]
    buffers_of_any_shape,
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))]
    a_buffer_is_held_while_it_is_looked_at,
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))]
    objects_without_a_buffer,
    a_copy_holds_nothing,
    items_of_another_size_are_left_to_the_sequence,
    what_an_exporter_raises,
    more_items_than_memory,
    classes_with_a_buffer_of_their_own,
    single_precision_in_bulk,
}

/// Objects of all kinds, most of which have a buffer, and what is to be found in it.
const SAMPLE: &str = r#"
import array, ctypes, struct
try:
    import _testbuffer
except ImportError:
    _testbuffer = None

INTS = "bBhHiIlLqQ"
CODES = "?" + INTS + "nNfd"
BYTES = bytes(range(7, 256, 9)) * 2

def values_of(code):
    if code in "fd":
        return [0.0, -0.0, 1.5, -2.25, float("inf"), float("nan"), 1e-45, 5e-324, 0.1]
    if code == "?":
        return [True, False, True]
    bits = 8 * struct.calcsize(code)
    low, high = (0, 2**bits - 1) if code.isupper() else (-2**(bits - 1), 2**(bits - 1) - 1)
    return [low, low + 1, 0, 1, high - 1, high, 0x12345678ABCDEF & high]

def slices_of(view):
    yield from (view, view[1:], view[::2], view[::-1], view[::-2], view[1:-1:3], view[:1], view[:0])
    yield from (view[::-3][1:], view[::-1][::-1], view[2:3][::-1])

def sample():
    yield from (None, 5, "abc", [1, 2], (1.5,), object(), {1: 2}, range(3))
    yield from (b"", b"abc", bytearray(b"abc\xff"), memoryview(b"abc").toreadonly())
    for code in INTS + "fd":
        numbers = array.array(code, values_of(code))
        yield numbers
        yield array.array(code)
        yield from slices_of(memoryview(numbers))
        yield memoryview(numbers).toreadonly()[::-2]
    yield array.array("u", "abc")
    for code in CODES + "c":
        for shift in (0, 1, 3):
            size = struct.calcsize(code)
            view = memoryview(BYTES)[shift:shift + 5 * size].cast("@" + code if shift else code)
            yield from slices_of(view)
    yield memoryview(bytes([0, 1, 2, 255, 0, 128])).cast("?")
    yield memoryview(BYTES[:48]).cast("d", [2, 3])
    yield memoryview(BYTES[:48]).cast("d", [6])
    yield memoryview(BYTES[:48]).cast("d", [6, 1])
    yield memoryview(BYTES[:8]).cast("d", [])
    yield memoryview(BYTES[:24]).cast("B", [2, 3, 4])
    yield memoryview(b"").cast("i")
    for name in "bool byte ubyte short ushort int uint long ulong longlong ulonglong size_t ssize_t " \
            "float double longdouble char wchar void_p".split():
        kind = getattr(ctypes, "c_" + name)
        for kind in (kind, getattr(kind, "__ctype_be__", kind), getattr(kind, "__ctype_le__", kind)):
            try:
                yield (kind * 3)(1, 0, 2)
                yield (kind * 0)()
                yield memoryview((kind * 5)(1, 2, 3, 4, 5))[::-2]
                yield (kind * 3 * 2)((kind * 3)(1, 2, 3))
                yield kind(1)
            except TypeError:
                pass
    class Point(ctypes.Structure):
        _fields_ = [("x", ctypes.c_double)]
    class BigPoint(ctypes.BigEndianStructure):
        _fields_ = [("x", ctypes.c_double)]
    yield (Point * 2)()
    yield (BigPoint * 2)()
    if _testbuffer:
        array_of, flags = _testbuffer.ndarray, _testbuffer
        for code in CODES:
            values = values_of(code)
            orders = "@" if code in "nN" else "@=<>!"
            for order in orders:
                fitting = []
                for value in values:
                    try:
                        struct.pack(order + code, value)
                        fitting.append(value)
                    except (struct.error, OverflowError):
                        pass
                made = array_of(fitting, shape=[len(fitting)], format=order + code)
                yield from slices_of(made)
            two = [1, 0, 1, 1, 0, 0]
            yield array_of(two, shape=[2, 3], format=code)
            yield array_of(two, shape=[2, 3], format=code, flags=flags.ND_FORTRAN)
            yield array_of(two, shape=[2, 3], format=code)[::-1, ::2]
            yield array_of(two, shape=[2, 3], format=code)[1]
            yield array_of(two, shape=[6], format=code, flags=flags.ND_PIL)
            yield array_of(two, shape=[2, 3], format=code, flags=flags.ND_PIL)
            yield array_of(two, shape=[1, 3, 2], format=code, flags=flags.ND_PIL)[:, ::-1]
            yield array_of(two, shape=[2, 0, 3], format=code)
            yield array_of(1, shape=[], format=code)
            yield array_of(two, shape=[6], format=code, flags=flags.ND_GETBUF_FAIL)
        yield array_of([1.5, 2.5], shape=[2], format="e")
        yield array_of([(1, 2)], shape=[1], format="hh")
        yield array_of([(1, 2)], shape=[1], format="2h")
        yield array_of([1, 2], shape=[2], format="1d")
        yield array_of([1, 2], shape=[2], format=" d")
        yield array_of([b"a", b"b"], shape=[2], format="c")
        yield array_of([b"a", b"b"], shape=[2], format="1s")
        yield array_of([1, 2], shape=[2], format="P")

KINDS = {"?": "Bool", **dict.fromkeys("bhilqn", "Signed"), **dict.fromkeys("BHILQN", "Unsigned"),
         **dict.fromkeys("fd", "Float")}

def items(view, kind, size):
    """The items of a view, the last index changing first, where they are of that kind."""
    order, code = view.format[:1], view.format[1:]
    if order not in tuple("@=<>!"):
        order, code = "@", view.format
    if KINDS.get(code) != kind or view.itemsize != size:
        return None
    return list(struct.unpack(f"{order}{view.nbytes // size}{code}", view.tobytes()))

def view_of(x):
    try:
        return memoryview(x)
    except (TypeError, BufferError):
        return None

def row(x, kind, size):
    view = view_of(x)
    if view is None or view.ndim != 1 or view.suboffsets:
        return None
    return items(view, kind, size)

def agree(expected, got, x):
    "Whether a value was to be found, and the same was."
    got = None if got is None else list(got)
    assert repr(got) == repr(expected), (view_of(x), getattr(view_of(x), "format", x), got, expected)
    return got is not None

everything = list(sample())
"#;

/// Does the same for each type of a number.
macro_rules! each_type {
    ($do:ident($($argument:expr),*)) => {
        $do::<bool>("Bool", $($argument),*);
        $do::<i8>("Signed", $($argument),*);
        $do::<i16>("Signed", $($argument),*);
        $do::<i32>("Signed", $($argument),*);
        $do::<i64>("Signed", $($argument),*);
        $do::<isize>("Signed", $($argument),*);
        $do::<u8>("Unsigned", $($argument),*);
        $do::<u16>("Unsigned", $($argument),*);
        $do::<u32>("Unsigned", $($argument),*);
        $do::<u64>("Unsigned", $($argument),*);
        $do::<usize>("Unsigned", $($argument),*);
        $do::<f32>("Float", $($argument),*);
        $do::<f64>("Float", $($argument),*);
    };
}

fn get<'py>(names: &Bound<'py, PyDict>, name: &str) -> Bound<'py, PyAny> {
    PyDictMethods::get_item(names, name).unwrap().unwrap()
}

fn rows_of_numbers() {
    fn check<'py, T>(kind: &str, names: &Bound<'py, PyDict>)
    where
        T: Element + IntoPy<'py>,
    {
        let mut found = 0;
        for x in get(names, "everything").try_iter().unwrap() {
            let x = x.unwrap();
            let copied = x.copy_buffer::<T>(usize::MAX).unwrap();
            let expected = get(names, "row").call1((&x, kind, size_of::<T>())).unwrap();
            let agree = get(names, "agree").call1((expected, copied, &x)).unwrap();
            found += usize::from(agree.is_truthy().unwrap());
        }
        assert!(found >= 30, "{kind} of {} bytes: {found}", size_of::<T>());
    }
    Python::attach(|py| {
        let names = namespace(py, SAMPLE);
        each_type!(check(&names));
    });
}

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
fn buffers_of_any_shape() {
    use convert_core::types::PyBuffer;

    fn check<'py, T>(kind: &str, names: &Bound<'py, PyDict>)
    where
        T: Element + IntoPy<'py>,
    {
        let mut found = 0;
        for x in get(names, "everything").try_iter().unwrap() {
            let x = x.unwrap();
            let view = get(names, "view_of").call1((&x,)).unwrap();
            let buffer = match PyBuffer::get(&x) {
                Ok(buffer) if !view.is_none() => buffer,
                Err(_) if view.is_none() => continue,
                result => panic!("{view:?}, but {result:?}"),
            };
            let vec = buffer.to_vec::<T>().unwrap();
            let expected = get(names, "items").call1((&view, kind, size_of::<T>())).unwrap();
            let agree = get(names, "agree").call1((expected, vec, &x)).unwrap();
            found += usize::from(agree.is_truthy().unwrap());
        }
        assert!(found >= 40, "{kind} of {} bytes: {found}", size_of::<T>());
    }

    Python::attach(|py| {
        let names = namespace(py, SAMPLE);
        let mut shapes = std::collections::BTreeSet::new();
        for x in get(&names, "everything").try_iter().unwrap() {
            let view = get(&names, "view_of").call1((x.unwrap(),)).unwrap();
            if view.is_none() {
                continue;
            }
            let attribute = |name: &str| view.getattr(name).unwrap();
            let buffer = PyBuffer::get(&view).unwrap();
            assert_eq!(buffer.item_size(), attribute("itemsize").extract::<usize>().unwrap());
            assert_eq!(buffer.len_bytes(), attribute("nbytes").extract::<usize>().unwrap());
            assert_eq!(buffer.readonly(), attribute("readonly").extract::<bool>().unwrap());
            assert_eq!(buffer.dimensions(), attribute("ndim").extract::<usize>().unwrap());
            assert_eq!(buffer.format().to_str().unwrap(), attribute("format").to_string());
            // `memoryview` looks at the strides of no items as well.
            if buffer.len_bytes() != 0 {
                let [c, fortran] =
                    ["c", "f"].map(|order| attribute(&format!("{order}_contiguous")));
                assert_eq!(buffer.is_c_contiguous(), c.extract::<bool>().unwrap());
                assert_eq!(buffer.is_fortran_contiguous(), fortran.extract::<bool>().unwrap());
            }
            let shape = attribute("shape").to_tuple_of::<usize>();
            assert_eq!(buffer.shape(), shape);
            assert_eq!(buffer.item_count(), shape.iter().product::<usize>());
            let strides = attribute("strides").to_tuple_of::<isize>();
            assert_eq!(buffer.strides().unwrap_or(&[]), strides);
            shapes.insert(shape);
        }
        assert!(shapes.contains(&vec![2, 3]) && shapes.contains(&vec![]), "{shapes:?}");
        each_type!(check(&names));
    });
}

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
trait TupleOf {
    fn to_tuple_of<T: for<'py> FromPyObjectOwned<'py>>(&self) -> Vec<T>;
}

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
impl TupleOf for Bound<'_, PyAny> {
    fn to_tuple_of<T: for<'py> FromPyObjectOwned<'py>>(&self) -> Vec<T> {
        self.try_iter().unwrap().map(|item| item.unwrap().extract().unwrap()).collect()
    }
}

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
fn a_buffer_is_held_while_it_is_looked_at() {
    use convert_core::types::PyBuffer;
    Python::attach(|py| {
        let bytes = eval(py, "bytearray(b'abc')");
        let buffer = PyBuffer::get(&bytes).unwrap();
        let error = bytes.call_method1("append", (1,)).unwrap_err();
        assert!(error.is_instance_of::<PyBufferError>(py), "{error}");
        drop(bytes);
        // A `PyBuffer` may move; what its view points into stays where it is.
        let buffer = Box::new([buffer]);
        assert_eq!(buffer[0].shape(), [3]);
        assert_eq!(buffer[0].to_vec::<u8>().unwrap().unwrap(), b"abc");

        let bytes = eval(py, "bytearray(b'abc')");
        drop(PyBuffer::get(&bytes).unwrap());
        bytes.call_method1("append", (1,)).unwrap();
        assert_eq!(bytes.copy_buffer::<u8>(usize::MAX).unwrap().unwrap(), b"abc\x01");
    });
}

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
fn objects_without_a_buffer() {
    use convert_core::types::PyBuffer;
    Python::attach(|py| {
        for expression in ["None", "5", "'abc'", "[1]", "object()"] {
            let error = PyBuffer::get(&eval(py, expression)).unwrap_err();
            assert!(error.is_instance_of::<PyTypeError>(py), "{expression}: {error}");
        }
    });
}

fn a_copy_holds_nothing() {
    Python::attach(|py| {
        let numbers = eval(py, "__import__('array').array('d', range(1000))");
        let expected: Vec<f64> = (0..1000).map(f64::from).collect();
        for _ in 0..3 {
            let copied = numbers.copy_buffer::<f64>(usize::MAX).unwrap();
            assert_eq!(copied, Some(expected.clone()));
            assert_eq!(numbers.copy_buffer::<i64>(usize::MAX).unwrap(), None);
            assert_eq!(numbers.copy_buffer::<f32>(usize::MAX).unwrap(), None);
        }
        numbers.call_method1("append", (1.5,)).unwrap();
        let copied = numbers.copy_buffer::<f64>(usize::MAX).unwrap();
        assert_eq!(copied.map(|copied| copied.len()), Some(1001));
    });
}

fn items_of_another_size_are_left_to_the_sequence() {
    Python::attach(|py| {
        let shorts = eval(py, "__import__('array').array('h', [1, -2])");
        assert_eq!(shorts.copy_buffer::<i64>(usize::MAX).unwrap(), None);
        assert_eq!(shorts.copy_buffer::<u16>(usize::MAX).unwrap(), None);
        assert_eq!(shorts.copy_buffer::<i16>(usize::MAX).unwrap(), Some(vec![1, -2]));
        assert_eq!(shorts.extract::<Vec<i64>>().unwrap(), [1, -2]);
    });
}

fn what_an_exporter_raises() {
    Python::attach(|py| {
        let released = object(py, "x = memoryview(b'abc')\nx.release()");
        assert_eq!(released.copy_buffer::<u8>(usize::MAX).unwrap(), None);
        let error = PyErr::from(released.extract::<Vec<u8>>().unwrap_err());
        assert!(error.is_instance_of::<PyValueError>(py), "{error}");
        assert!(PyErr::take(py).is_none());
    });
}

fn more_items_than_memory() {
    Python::attach(|py| {
        for (item, power) in [("c_uint8", 62), ("c_double", 59)] {
            let endless = object(
                py,
                &format!(
                    "import ctypes\nplace = (ctypes.c_double * 2)()\n\
                     x = (ctypes.{item} * 2**{power}).from_address(ctypes.addressof(place))"
                ),
            );
            let error = match power {
                62 => endless.copy_buffer::<u8>(usize::MAX).err(),
                _ => endless.copy_buffer::<f64>(usize::MAX).err(),
            };
            let error = error.expect("no memory");
            assert!(error.is_instance_of::<PyMemoryError>(py), "{error}");
            #[cfg(any(not(Py_LIMITED_API), Py_3_11))]
            {
                let buffer = convert_core::types::PyBuffer::get(&endless).unwrap();
                let error = match power {
                    62 => buffer.to_vec::<u8>().unwrap_err(),
                    _ => buffer.to_vec::<f64>().unwrap_err(),
                };
                assert!(error.is_instance_of::<PyMemoryError>(py), "{error}");
            }
        }
    });
}

fn classes_with_a_buffer_of_their_own() {
    let code = "
import array, sys
class Own:
    released = 0
    def __init__(self, give): self.give = give
    def __buffer__(self, flags): return self.give(flags)
    def __release_buffer__(self, view):
        self.released += 1
        view.release()
def fail(error): raise error
numbers = array.array('d', [1.5, 2.5])
gives = Own(lambda flags: memoryview(numbers))
raises = Own(lambda flags: fail(KeyError('mine')))
refuses = Own(lambda flags: fail(BufferError('not now')))
class Items(Own):
    def __getitem__(self, index): return [1.5, 2.5][index]
unfit = Items(lambda flags: fail(ValueError('items that no buffer can have')))
lies = Own(lambda flags: 'no buffer')
changes = Own(lambda flags: (numbers.append(3.5), memoryview(numbers)[1:])[1])
modern = sys.version_info >= (3, 12)
";
    Python::attach(|py| {
        let names = namespace(py, code);
        let copy = |name| get(&names, name).copy_buffer::<f64>(usize::MAX);
        if !get(&names, "modern").is_truthy().unwrap() {
            for name in ["gives", "raises", "refuses", "unfit", "lies", "changes"] {
                assert_eq!(copy(name).unwrap(), None, "{name}");
            }
            return;
        }
        assert_eq!(copy("gives").unwrap().unwrap(), [1.5, 2.5]);
        assert_eq!(copy("gives").unwrap().unwrap(), [1.5, 2.5]);
        let released = get(&names, "gives").getattr("released").unwrap();
        assert_eq!(released.extract::<i32>().unwrap(), 2);
        assert_eq!(copy("raises").unwrap_err().to_string(), "KeyError: 'mine'");
        assert_eq!(copy("refuses").unwrap(), None);
        assert_eq!(copy("unfit").unwrap(), None);
        assert_eq!(get(&names, "unfit").extract::<Vec<f64>>().unwrap(), [1.5, 2.5]);
        let error = copy("lies").unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py), "{error}");
        assert_eq!(copy("changes").unwrap().unwrap(), [2.5, 3.5]);
        assert!(PyErr::take(py).is_none());
    });
}

fn single_precision_in_bulk() {
    Python::attach(|py| {
        let read = |expression| f32::read(&eval(py, expression));
        assert_eq!(read("0.1"), Some(0.1f32));
        assert_eq!(read("-3.4028234663852886e38"), Some(f32::MIN));
        assert_eq!(read("float('-inf')"), Some(f32::NEG_INFINITY));
        assert!(read("float('nan')").is_some_and(f32::is_nan));
        for other in ["1e39", "-3.5e38", "1", "True", "'1.5'", "type('F', (float,), {})(1)"] {
            assert_eq!(read(other), None, "{other}");
        }
    });
}
