"""The follow-up file (« dossier de suivi ») and its synthesis as pages: content in, tagged PDF out."""
