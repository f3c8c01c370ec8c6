"""The vault (« coffre »): header and key slots, recovery key, OS key store, one process per folder."""
