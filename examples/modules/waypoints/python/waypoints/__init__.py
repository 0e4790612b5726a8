"""Tracks of waypoints: how long they are, and shorter ones that look the same."""

from waypoints._native import EmptyTrack, simplify, summary

__all__ = ["EmptyTrack", "simplify", "summary"]
