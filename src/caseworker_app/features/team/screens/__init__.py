"""Settings of the team room: the association, its people."""
