"""Intentions of the demonstration: filling a file with invented households, playing the main job on one."""

from caseworker_app.features.demonstration.service.filling import DEMONSTRATION_OFFICE, fill
from caseworker_app.features.demonstration.service.main_job import play_main_job

__all__ = ["DEMONSTRATION_OFFICE", "fill", "play_main_job"]
