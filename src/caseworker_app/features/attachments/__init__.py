"""Attachments of a household (« pièces »): photos, scans, letters and other files, encrypted beside the file."""
