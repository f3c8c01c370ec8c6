"""Intentions of the housing room, by subject.

Functions that take a unit of work are steps of other rooms' intentions.
"""
