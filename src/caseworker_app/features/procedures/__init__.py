"""A household's procedures (« démarches ») and the papers each one asks for: received, missing, expired, handed in."""
