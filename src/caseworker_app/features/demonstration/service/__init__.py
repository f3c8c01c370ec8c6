"""Intentions of the demonstration: filling a file with invented households, playing the main job on one."""

from __future__ import annotations

from caseworker_app.features.demonstration.service.filling import DEMONSTRATION_OFFICE, fill

__all__ = ["DEMONSTRATION_OFFICE", "fill"]
