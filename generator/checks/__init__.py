"""Every check of the contract, section 4, that needs more than one file.

`references` follows names from file to file, `rulings` asks the rules, `desk` runs all of it. May import what stands
above: `registry` and `rules`. Each check yields problems; none stops another.
"""
