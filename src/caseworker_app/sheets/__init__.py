"""Lists: those of others read as rows of text (CSV, TXT, TSV, XLSX, XLSB, XLS, ODS), ours written."""
