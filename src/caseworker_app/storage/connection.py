"""The connection services are handed to read with, so that they need not know the library behind it."""

from sqlalchemy import Connection

__all__ = ["Connection"]
