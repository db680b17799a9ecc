"""Pages poured into a shell that was rendered once."""

from generator.shell import MARKS, Shell


def test_every_mark_is_filled_in_wherever_it_stands_and_no_value_is_filled_in_again() -> None:
    shell = Shell(
        f"{MARKS['title']}<{MARKS['description']}{MARKS['canonical']}>{MARKS['kind']}甲{MARKS['head']}|"
        f"{MARKS['body']}{MARKS['title']}[[register-other]]"
    )
    page = shell.pour(
        title="<名录>",
        description=MARKS["body"],
        canonical="https://host.example/?a&b",
        kind="article",
        head="<link>",
        body=f"<p>{MARKS['title']}</p>",
    )
    assert page.decode() == (
        "&lt;名录&gt;<[[register-body]]https://host.example/?a&amp;b>article甲<link>|"
        "<p>[[register-title]]</p>&lt;名录&gt;[[register-other]]"
    )


def test_a_shell_without_marks_is_a_page_as_it_is() -> None:
    assert (
        Shell("甲").pour(title="", description="", canonical="", kind="", head="", body="").decode() == "甲"
    )
