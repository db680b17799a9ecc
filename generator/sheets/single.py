"""One act, told by options instead of a row: its draft, every value clean and with the option it was given by.

May import `cleaning`, `columns`, `drafts` and `grid`.
"""

from collections.abc import Mapping

from generator.registry import Registry
from generator.sheets import cleaning
from generator.sheets.cleaning import Wrong
from generator.sheets.columns import SheetForm
from generator.sheets.drafts import Complaint, Draft, lacking
from generator.sheets.grid import Cell


def single(
    form: SheetForm, texts: Mapping[str, str], options: Mapping[str, str], registry: Registry
) -> tuple[Draft, list[Complaint]]:
    """Return one act as a draft, with everything wrong in what was said.

    Args:
        form: the kind of act.
        texts: what was said, by field.
        options: how each field is called on the command line; complaints name it.
        registry: whose vocabularies count.
    """
    draft = Draft(form=form, sheet="", row=0)
    draft.at.update({"": form.title, **options})
    wrong: list[Complaint] = []
    for key, text in texts.items():
        column = form.column(key)
        assert column is not None, key
        value = cleaning.value(column, Cell(at=options[key], text=text), registry)
        if isinstance(value, Wrong):
            draft.bad.add(key)
            wrong.append(
                Complaint(
                    sheet="",
                    row=0,
                    at=options[key],
                    field=column.title,
                    found=text.strip(),
                    message=value.message,
                )
            )
        elif value != "":
            draft.values[key] = value
    return draft, [*wrong, *lacking(draft)]
