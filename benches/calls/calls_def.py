"""The functions that are called, in Python."""


def nothing():
    pass


def add(a, b):
    return a + b


def scale(a, b=2):
    return a * b


def text_length(text):
    return len(text)


def bytes_length(data):
    return len(data)


def total(values):
    return sum(values)


def point(point):
    return point["x"] + point["y"] + len(point["label"])


def person(person):
    texts = len(person["name"]) + len(person["email"]) + len(person["city"])
    flags = person["active"] + person["verified"]
    whole = person["id"] + person["age"] + (person["count"] or 0) + flags + texts
    return whole + person["score"] + person["ratio"]


# Nothing is copied anyway.
total_in_place = total
person_kept = person
