"""Sheets of the department: workbooks and lists to acts, the template, and the export of facts in the template's form.

`opening` reads a file into cells, `recognising` finds which columns it has, `cleaning` makes values of them, `matching` finds
the units meant; `template` and `export` write.
"""
