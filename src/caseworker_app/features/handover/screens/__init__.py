"""The document page: what will print, what stays and why, to whom it goes, and its entry in the register."""
