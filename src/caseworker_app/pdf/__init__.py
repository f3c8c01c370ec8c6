"""Printed pages: letterhead, text, tables, figures, panels; knows ReportLab, never the subjects it prints."""
