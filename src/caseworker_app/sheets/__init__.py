"""Lists of others read as rows of text (CSV, TXT, TSV, XLSX, XLSB, XLS, ODS), whatever state they come in."""
