"""What a change of the registry means: which published facts it may not alter, and what follows from it in law.

`facts` holds section 5 of the contract, `law` the changes of the lists, `told` everything else that people ask about,
`compare` puts both sides beside each other; `telling` says it in Markdown. `rehearsal` asks the same of the calendar. Pure
functions of two registries and a day: no file, no clock, no version history. May import `checks`, `views` and what stands
before them.
"""
