"""Providers in bulk: their files as one table for a spreadsheet, and such a table as changes to their files."""
