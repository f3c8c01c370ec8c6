"""Rules of retention, without a file or a screen: a file per idea."""
