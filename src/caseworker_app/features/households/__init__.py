"""Households (« ménages »), their members, dated addresses, and how to reach them safely."""
