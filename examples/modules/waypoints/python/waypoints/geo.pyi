from typing import Any

EARTH_RADIUS: float

def distance(start: Any, end: Any) -> float: ...
