"""Lists and files of others coming in: tenants, people, dwellings; what they hold, what is already known."""
