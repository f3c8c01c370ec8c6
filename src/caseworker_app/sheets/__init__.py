"""Lists of others read as plain rows of text: CSV, TXT, TSV, XLSX, XLSB, XLS and ODS, whatever state they
come in.
"""
