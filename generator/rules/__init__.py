"""The rules of the register (contract, section 3): facts to listings, holdings and standings.

`terms` holds the value types, `engine` the pure functions, `ledger` applies them to a whole registry. May import
`records`, `policy` and `registry`; reads no clock, no file and no name of a tier, title, city or province.
"""
