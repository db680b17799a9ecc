"""Source files to frozen records, or problems: one module a family of files, over one set of typed getters.

May import `problems`, `source`, `forms`, `records`, `policy`. Every problem is reported, not only the first.
"""
