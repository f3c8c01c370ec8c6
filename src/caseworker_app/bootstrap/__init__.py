"""The only place where parts are joined."""
