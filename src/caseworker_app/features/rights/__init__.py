"""The rights of people on their data (« droits des personnes », RGPD art. 12 to 22): requests, restriction, copy."""
