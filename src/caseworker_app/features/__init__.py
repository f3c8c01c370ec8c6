"""The subjects, one room each; a room imports only those below it."""
