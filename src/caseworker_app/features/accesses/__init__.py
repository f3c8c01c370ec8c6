"""The log of accesses (« journal des accès »): who opened, printed, took out, was refused, unlocked, and when."""
