"""The rules of referrals received, and what the page shows of them; no I/O."""
