"""What commands answer: one shape for scripts (JSON), one for people (text).

Every key is described in `docs/command-line.md`; a test compares the two.
"""
