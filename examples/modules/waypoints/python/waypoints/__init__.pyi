from typing import Any, Optional, TypedDict

# A track is a dict with `name` and `points`, or any object with these attributes; a point is a
# dict with `lat`, `lon` and perhaps `elevation`, or any such object.

class Point(TypedDict, total=False):
    lat: float
    lon: float
    elevation: Optional[float]

class Summary(TypedDict):
    name: str
    points: int
    metres: float
    climb: float

class EmptyTrack(ValueError): ...

def summary(track: Any) -> Summary: ...
def simplify(track: Any, /, *, tolerance: float = 10.0) -> list[Point]: ...
