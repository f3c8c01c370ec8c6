"""Agreements with landlords and funders, support measures, their renewals and their end."""
