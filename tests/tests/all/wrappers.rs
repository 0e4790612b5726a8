//! What holds one value: shared, changing, locked; and what holds none.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::{Arc, Mutex, RwLock, mpsc};
use std::thread;

use convert_core::prelude::*;
use convert_tests::{eval, message, round_trip};

convert_tests::tests! {
    shared,
    cells,
    a_cell_that_is_being_changed,
    locks,
    a_lock_that_somebody_holds_who_waits_for_python,
    a_poisoned_lock,
    phantoms,
    references,
    wrong_inside,
}

fn shared() {
    round_trip!("5", Rc::new(5i64));
    round_trip!("['a']", Arc::new(vec!["a".to_owned()]));
    round_trip!("{'a': [1]}", HashMap::from([("a".to_owned(), Rc::new(vec![Box::new(1u16)]))]));
    round_trip!("None", Rc::new(None::<i64>));
    Python::attach(|py| {
        let value = Arc::new(vec![1i64]);
        let other = value.clone();
        assert!(value.into_py(py).unwrap().eq(eval(py, "[1]")).unwrap());
        // Where others share it, it stays theirs.
        assert_eq!((Arc::strong_count(&other), other[0]), (1, 1));
    });
}

fn cells() {
    round_trip!("5", Cell::new(5i64));
    round_trip!("'a'", RefCell::new("a".to_owned()));
    round_trip!("[[1], None]", RefCell::new(vec![Some(RefCell::new(vec![1u16])), None]));
    Python::attach(|py| {
        let cell = Cell::new(1u8);
        cell.set(2);
        assert_eq!((&cell).into_py(py).unwrap().extract::<u8>().unwrap(), 2);
        let cell = RefCell::new(vec![1i64]);
        let reading = cell.borrow();
        assert!((&cell).into_py(py).unwrap().eq(eval(py, "[1]")).unwrap());
        drop(reading);
        assert!(cell.try_borrow_mut().is_ok());
    });
}

fn a_cell_that_is_being_changed() {
    Python::attach(|py| {
        let cell = RefCell::new(5i64);
        let writing = cell.borrow_mut();
        let error = PyErr::from((&cell).into_py(py).unwrap_err());
        assert_eq!(error.to_string(), "RuntimeError: the RefCell is mutably borrowed");
        let error = vec![&cell].into_py(py).unwrap_err();
        assert!(error.is_exception());
        drop(writing);
        assert_eq!((&cell).into_py(py).unwrap().extract::<i64>().unwrap(), 5);
    });
}

fn locks() {
    Python::attach(|py| {
        let mutex: Mutex<Vec<i64>> = eval(py, "[1, 2]").extract().unwrap();
        assert_eq!(*mutex.lock().unwrap(), [1, 2]);
        mutex.lock().unwrap().push(3);
        assert!((&mutex).into_py(py).unwrap().eq(eval(py, "[1, 2, 3]")).unwrap());
        // It is not kept locked.
        assert!(mutex.try_lock().is_ok());
        assert!(mutex.into_py(py).unwrap().eq(eval(py, "[1, 2, 3]")).unwrap());
        let lock: RwLock<Option<String>> = eval(py, "'a'").extract().unwrap();
        let reading = lock.read().unwrap();
        assert_eq!((&lock).into_py(py).unwrap().extract::<String>().unwrap(), "a");
        drop(reading);
        assert!(lock.try_write().is_ok());
        assert_eq!(lock.into_py(py).unwrap().extract::<String>().unwrap(), "a");
        let shared = Arc::new(Mutex::new(5u8));
        assert_eq!((&shared).into_py(py).unwrap().extract::<u8>().unwrap(), 5);
    });
}

fn a_lock_that_somebody_holds_who_waits_for_python() {
    let mutex = Arc::new(Mutex::new(1i64));
    let lock = Arc::new(RwLock::new(1i64));
    let (locked, wait) = mpsc::channel();
    let holder = thread::spawn({
        let (mutex, lock) = (mutex.clone(), lock.clone());
        move || {
            let (mut in_mutex, mut in_lock) = (mutex.lock().unwrap(), lock.write().unwrap());
            locked.send(()).unwrap();
            // Only to be had when the other thread, which waits for the locks, lets go of Python.
            Python::attach(|_| {
                *in_mutex = 2;
                *in_lock = 3;
            });
        }
    });
    Python::attach(|py| {
        wait.recv().unwrap();
        assert_eq!((&*mutex).into_py(py).unwrap().extract::<i64>().unwrap(), 2);
        assert_eq!((&*lock).into_py(py).unwrap().extract::<i64>().unwrap(), 3);
        py.detach(|| holder.join().unwrap());
    });
}

fn a_poisoned_lock() {
    let mutex = Arc::new(Mutex::new(1i64));
    let lock = Arc::new(RwLock::new(1i64));
    let panicking = thread::Builder::new().name("on purpose".to_owned()).spawn({
        let (mutex, lock) = (mutex.clone(), lock.clone());
        move || {
            let _held = (mutex.lock().unwrap(), lock.write().unwrap());
            std::panic::resume_unwind(Box::new(()));
        }
    });
    assert!(panicking.unwrap().join().is_err());
    let expected = "RuntimeError: the lock is poisoned: a thread panicked while it held it";
    Python::attach(|py| {
        for error in [(&*mutex).into_py(py).unwrap_err(), (&*lock).into_py(py).unwrap_err()] {
            assert_eq!(PyErr::from(error).to_string(), expected);
        }
        let mutex = Arc::into_inner(mutex).unwrap();
        assert_eq!(PyErr::from(mutex.into_py(py).unwrap_err()).to_string(), expected);
        let lock = Arc::into_inner(lock).unwrap();
        assert_eq!(PyErr::from(lock.into_py(py).unwrap_err()).to_string(), expected);
    });
}

fn phantoms() {
    // Whatever it stands for need not be convertible.
    struct Meters;
    Python::attach(|py| {
        let _: PhantomData<Meters> = eval(py, "None").extract().unwrap();
        let phantom = PhantomData::<Meters>;
        assert!((&phantom).into_py(py).unwrap().as_any().is_none());
        assert!(phantom.into_py(py).unwrap().as_any().is_none());
    });
    assert_eq!(message::<PhantomData<i64>>("5"), "expected None, got int");
    round_trip!("(1, None)", (1u8, PhantomData::<String>));
}

fn references() {
    Python::attach(|py| {
        let (number, text) = (5i64, "a");
        assert_eq!((&&number).into_py(py).unwrap().extract::<i64>().unwrap(), 5);
        assert_eq!((&&text).into_py(py).unwrap().extract::<String>().unwrap(), "a");
        let fields = (Some(&text), vec![&number]);
        assert!((&fields).into_py(py).unwrap().as_any().eq(eval(py, "('a', [5])")).unwrap());
    });
}

fn wrong_inside() {
    assert_eq!(message::<Rc<i64>>("'a'"), "expected int, got str");
    assert_eq!(message::<Cell<u8>>("300"), "expected int in 0..=255, got 300");
    assert_eq!(message::<Mutex<Vec<i64>>>("[1, 'a']"), "[1]: expected int, got str");
    assert_eq!(message::<RwLock<Option<bool>>>("1"), "expected bool | None, got int");
    assert_eq!(
        message::<Vec<RefCell<char>>>("['a', 'bc']"),
        "[1]: expected str of one character, got str of length 2"
    );
}
