"""The web form: Decap CMS on a page of the site, told the fields of the records by the tables that the parser reads by.

Off unless asked for; nothing of it is then in the site.
"""
