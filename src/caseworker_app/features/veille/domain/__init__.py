"""The rules of the isolation scheme: rhythm, what is due, calls and visits made, how it ends."""
