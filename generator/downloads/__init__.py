"""The published tables as files to take away: sheets, plain text, a database, and what describes and seals them.

The only importer of xlsxwriter and sqlite3. May import `exports`, `views`, `rules`, `records`, `cache` and `urls`. The same
facts give the same bytes; nothing in a file tells when it was made.
"""
