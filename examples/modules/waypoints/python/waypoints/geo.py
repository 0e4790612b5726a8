"""Single points."""

from waypoints._native.geo import EARTH_RADIUS, distance

__all__ = ["EARTH_RADIUS", "distance"]
