"""A provider's self-assessment as a table for a spreadsheet, and such a table as changes to its file."""
