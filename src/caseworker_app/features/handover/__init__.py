"""Documents between association and landlord: what may be shared, register, answers, letters."""
