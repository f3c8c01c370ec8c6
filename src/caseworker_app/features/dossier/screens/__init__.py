"""The page of a household: its header, its overview, its diary, what left the house, its history."""
