"""Passerelle: the desktop file of caseworkers who accompany households housed by social landlords."""

__version__ = "0.1.0"
