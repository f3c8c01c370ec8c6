"""The rules of measures and agreements, and what a tab shows of them; no I/O."""
