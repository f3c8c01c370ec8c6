"""The front door and the hall: unlock and first-run windows, main window, navigation."""
