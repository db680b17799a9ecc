"""What the department decides about the web form (admin.yml): where the records are kept and how one logs in there.

May import `source`, `problems`, the getters, `shapes` and `tables`. Read as strictly as a record, with the same kinds of problem.
"""

from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from generator import source
from generator.parse.getters import Getter
from generator.parse.shapes import Address, Code, Name, OneOf
from generator.parse.tables import Field, Table
from generator.problems import Problem, Report
from generator.source import SourceFile

LOCAL = "local"
HOSTS = ("github", "gitlab", "forgejo", LOCAL)

# What each host needs besides `host`, and what it takes where nothing is given.
_NEEDS = {
    "github": ("repo", "login"),
    "gitlab": ("repo", "app"),
    "forgejo": ("repo", "api", "app"),
    LOCAL: ("api",),
}
_API = {"github": "https://api.github.com", "gitlab": "https://gitlab.com/api/v4"}
_LOGIN = {"gitlab": "https://gitlab.com"}


class AdminFields(Table):
    """The settings of the web form."""

    host = Field(
        OneOf(HOSTS),
        title="平台",
        note="代码库所在的平台；local 只在自己的电脑上试用。",
        required=True,
        example="github",
    )
    repo = Field(
        Code(
            r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)+",
            "bad-choice",
            "代码库“{value}”的写法不对；应是“所有者/名称”，例如 example/registry。",
        ),
        title="代码库",
        note="所有者和名称，例如 example/registry。",
        example="example/registry",
    )
    branch = Field(
        Code(
            r"[A-Za-z0-9_-][A-Za-z0-9._/-]*",
            "bad-choice",
            "分支“{value}”的写法不对；只用字母、数字和 . _ / -，例如 main。",
        ),
        title="主干",
        note="合并进去的分支；空着就是 main。",
        example="main",
    )
    folder = Field(
        Code(
            r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*",
            "bad-choice",
            "目录“{value}”的写法不对；应是名录在代码库里的位置，例如 registry。",
        ),
        title="名录目录",
        note="名录在代码库里的目录；空着就是 registry。",
        example="registry",
    )
    login = Field(
        Address(),
        title="登录服务",
        note="GitHub 必填，是本单位的 OAuth 服务；自建 GitLab 写它的网址。",
        example="https://login.example.cn",
    )
    api = Field(
        Address(),
        title="接口网址",
        note="Forgejo、local 和自建的平台写，例如 https://git.example.cn/api/v1。",
        example="https://git.example.cn/api/v1",
    )
    app = Field(
        Name(),
        title="应用编号",
        note="GitLab、Forgejo 必填，在平台上登记应用后得到，不是密钥。",
        example="0f3c9a…",
    )


class Settings(Struct, frozen=True, kw_only=True):
    """Where records are kept: a repository, the branch that changes are merged into, and the folder of the registry in it."""

    host: str
    repo: str | None
    branch: str
    folder: str
    login: str | None
    api: str
    app: str | None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The origins that the form speaks with, each once."""
        given = (self.api, *((self.login,) if self.login else ()))
        return tuple(dict.fromkeys("{0.scheme}://{0.netloc}".format(urlsplit(one)) for one in given))


def read_settings(path: Path, report: Report) -> Settings | None:
    """Return the settings in a file, or None after reporting what is wrong with it.

    Args:
        path: the file.
        report: where every problem goes; one of the codes of records.
    """
    try:
        content = path.read_bytes()
    except OSError:
        report.add(
            Problem(
                level="error",
                code="missing-file",
                path=str(path),
                line=1,
                field="",
                message="没有找到网上填报的设置，或读不了；请检查文件名。",
            )
        )
        return None
    file = source.read(str(path), content, report)
    return None if file is None else _settings(file, report)


def _settings(file: SourceFile, report: Report) -> Settings | None:
    get = Getter(file, report, file.root, AdminFields.fields_by_key)
    host = AdminFields.host.of(get)
    repo, branch, folder = (
        field.of(get) for field in (AdminFields.repo, AdminFields.branch, AdminFields.folder)
    )
    login, api, app = AdminFields.login.of(get), AdminFields.api.of(get), AdminFields.app.of(get)
    get.close()
    for key in _NEEDS.get(host or "", ()):
        if not get.given(key):
            field = AdminFields.fields_by_key[key]
            get.problem(
                "missing-field", key, f"平台是 {host} 的，必须填写“{key}”（{field.title}）：{field.note}"
            )
    if get.failed or host is None:
        return None
    return Settings(
        host=host,
        repo=repo,
        branch=branch or "main",
        folder=folder or "registry",
        login=(login or _LOGIN.get(host, "")).rstrip("/") or None,
        api=(api or _API[host]).rstrip("/"),
        app=app,
    )
