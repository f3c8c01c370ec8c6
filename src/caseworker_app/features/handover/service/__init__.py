"""Intentions of the handover room: proposing a review, previewing and transmitting it, printing documents."""
