# The functions that are called, by Cython.
from libc.stdint cimport int64_t


def nothing():
    pass


def add(int64_t a, int64_t b):
    return a + b


def scale(int64_t a, int64_t b=2):
    return a * b


def text_length(str text not None):
    return len(text)


def bytes_length(bytes data not None):
    return len(data)


def total(list values not None):
    cdef int64_t sum = 0
    cdef int64_t value
    for value in values:
        sum += value
    return sum


def point(dict point not None):
    cdef int64_t x = point["x"]
    cdef int64_t y = point["y"]
    cdef str label = point["label"]
    return x + y + len(label)


def person(dict person not None):
    cdef int64_t id = person["id"]
    cdef str name = person["name"]
    cdef str email = person["email"]
    cdef int64_t age = person["age"]
    cdef double score = person["score"]
    cdef double ratio = person["ratio"]
    cdef bint active = person["active"]
    cdef bint verified = person["verified"]
    cdef object given = person["count"]
    cdef int64_t count = 0 if given is None else given
    cdef str city = person["city"]
    cdef int64_t texts = len(name) + len(email) + len(city)
    return id + age + count + active + verified + texts + score + ratio


# Neither makes a vector or copies a text.
total_in_place = total
person_kept = person
