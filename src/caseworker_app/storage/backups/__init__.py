"""Backups (« sauvegardes »): whole, encrypted, checked copies of somebody's file, and the way back from them.

`rotation` says which are kept, `manifest` what is written beside each, `shelf` how they lie in a folder, `making` and
`checking` make and check one, `second_place` copies the latest one elsewhere, `restoring` brings one back. `pieces`
keeps the contents of attachments beside them, `typed` the drafts.
"""
