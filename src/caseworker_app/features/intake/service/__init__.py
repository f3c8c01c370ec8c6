"""Intentions of the intake room: importing a list, going on with a killed import, undoing one."""
