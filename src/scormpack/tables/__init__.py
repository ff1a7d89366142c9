"""Tables of spreadsheets, as CSV and as workbooks of Excel: read within bounds and written safely."""
