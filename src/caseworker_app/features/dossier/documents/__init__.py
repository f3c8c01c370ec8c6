"""The follow-up file (« dossier de suivi ») and its one-page synthesis as pages: content in, tagged PDF out."""
