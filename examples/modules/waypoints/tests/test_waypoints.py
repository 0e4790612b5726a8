import pickle
import threading
from dataclasses import dataclass, field

import pytest

import waypoints
from waypoints import geo


@dataclass
class Stop:
    lat: float
    lon: float


@dataclass
class Walk:
    name: str
    points: list = field(default_factory=list)


EQUATOR = {
    "name": "equator",
    "points": [{"lat": 0, "lon": lon, "elevation": 100 * lon} for lon in (0, 1, 2)],
}


def test_a_track_is_dicts():
    summary = waypoints.summary(EQUATOR)
    assert summary.pop("metres") == pytest.approx(2 * 111_195, rel=1e-5)
    assert summary == {"name": "equator", "points": 3, "climb": 200.0}


def test_a_track_is_objects():
    walk = Walk("there and back", [Stop(0, 0), {"lat": 0, "lon": 1}, Stop(0.0, 0.0)])
    assert waypoints.summary(walk)["metres"] == pytest.approx(2 * 111_195, rel=1e-5)


def test_points_on_a_line_are_left_out():
    assert waypoints.simplify(EQUATOR) == [EQUATOR["points"][0], EQUATOR["points"][2]]
    corner = Walk("corner", [Stop(0, 0), Stop(0, 0.5), Stop(0, 1), Stop(1, 1)])
    kept = waypoints.simplify(corner, tolerance=1)
    assert kept == [{"lat": 0, "lon": 0}, {"lat": 0, "lon": 1}, {"lat": 1, "lon": 1}]
    assert len(waypoints.simplify(corner, tolerance=1e6)) == 2


def test_every_wrong_leaf_is_named():
    points = [{"lat": "0", "lon": 0}, {"lat": 1}, {"lat": 2, "lon": 2, "elevation": "high"}]
    with pytest.raises(TypeError) as raised:
        waypoints.summary({"name": 5, "points": points})
    assert str(raised.value) == (
        "summary() argument 'track': 4 errors\n"
        "  name: expected str, got int\n"
        "  points[0].lat: expected float, got str\n"
        "  points[1].lon: key is missing, expected float\n"
        "  points[2].elevation: expected float | None, got str"
    )
    assert raised.value.loc == ("track", "name")


def test_an_exception_of_its_own():
    with pytest.raises(waypoints.EmptyTrack, match='the track "nowhere" has no points') as raised:
        waypoints.summary(Walk("nowhere"))
    assert isinstance(raised.value, ValueError)
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_a_module_inside():
    quarter = geo.distance({"lat": 0, "lon": 0}, Stop(0, 90))
    assert quarter == pytest.approx(geo.EARTH_RADIUS * 3.14159265 / 2)
    assert geo.distance.__module__ == "waypoints._native.geo"


def test_other_threads_run_meanwhile():
    zigzag = Walk("zigzag", [Stop(index % 2, index / 1000) for index in range(1500)])
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(len(ticks))

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        assert len(waypoints.simplify(zigzag)) == 1500
    finally:
        done.set()
        ticker.join()
    assert ticks
