"""Referrals received: who asks for support for a household, contact, diagnosis, decision, the measure it opens."""
