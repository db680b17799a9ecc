"""Who reviews what, from policy.yml, as the CODEOWNERS files of the code hosts.

May import `policy`. The last line of such a file that matches a path decides, so the general one comes first.
"""

from collections.abc import Iterator

from generator.policy import Policy

GITEE = ".gitee/CODEOWNERS"
# GitHub, GitLab and Gitee each look into a folder of their own before any other's.
FILES = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", GITEE)


def code_owners(policy: Policy, path: str, *, folder: str) -> str:
    """Return the text of a CODEOWNERS file.

    Args:
        policy: the rules, which name the reviewers.
        path: which of `FILES`. Gitee knows accounts of persons only, so its file leaves teams (`@group/team`) out.
        folder: where the registry lies in the repository, such as `registry`.
    """
    lines = [
        "# 谁核对什么：由 python -m generator owners 按 policy.yml 里的 reviewers 写出，请不要直接修改。",
        "# 一处改动由最后一条相符的规则决定请谁核对。",
    ]
    for pattern, reviewers, name in _rules(policy, folder):
        accounts = [account for account in reviewers if path != GITEE or "/" not in account]
        if name:
            lines += ["", f"# {name}"]
        lines.append(
            " ".join((pattern, *accounts)) if accounts else f"# {pattern} 只有团队，本平台不支持，没有写出"
        )
    return "\n".join(lines) + "\n"


def _rules(policy: Policy, folder: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Pattern, accounts and a heading, the general before the special; the heading is "" where it goes on."""
    if policy.reviewers:
        yield "*", policy.reviewers, "规则、案例、年度名单、程序和其余一切"
    for authority in policy.authorities:
        if not authority.reviewers:
            continue
        yield f"/{folder}/documents/{authority.id}/", authority.reviewers, authority.name
        if authority.city is not None:
            yield f"/{folder}/factories/{authority.city}/", authority.reviewers, ""
