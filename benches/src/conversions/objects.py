"""What the expressions of the cases may name."""

import array
import datetime
import decimal
import ipaddress
import json
import pathlib
import uuid
import zoneinfo

HALF_PAST_FIVE = datetime.timezone(datetime.timedelta(hours=5, minutes=30))


class Person:
    def __init__(self, id, name, email, age, score, ratio, active, verified, count, city):
        self.id = id
        self.name = name
        self.email = email
        self.age = age
        self.score = score
        self.ratio = ratio
        self.active = active
        self.verified = verified
        self.count = count
        self.city = city


class Slotted:
    __slots__ = (
        "id",
        "name",
        "email",
        "age",
        "score",
        "ratio",
        "active",
        "verified",
        "count",
        "city",
    )
    __init__ = Person.__init__
