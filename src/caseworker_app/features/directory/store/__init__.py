"""What a worker keeps of the list, and the SQL that reads across subjects."""

from caseworker_app.features.directory.store import lines
from caseworker_app.features.directory.store.tables import exports, preferences, saved_filters

__all__ = ["exports", "lines", "preferences", "saved_filters"]
