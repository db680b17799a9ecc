"""Static site generator for a public register of smart factories.

Records are facts in YAML; everything else is derived. Data flows one way through the rooms listed in
`tests/test_architecture.py`; start reading at `source`, end at `site.contents`.
"""
