"""The documents of the landlord: content in, tagged pages out."""
