"""Landlords, dwellings, leases, sliding leases, rent accounts and repayment plans, occupants' duties."""
