"""What the places need where the registry is kept, reviewed and published: code hosts and the department's own machine.

`owners` says who reviews what, `preview` what a change shows, `freshness` whether the daily build has run, `machine` holds
the settings of nginx and systemd. May import what stands before it; the command line alone uses it.
"""
