"""The rules of an import: columns recognised, rows turned into proposals, duplicates explained."""
