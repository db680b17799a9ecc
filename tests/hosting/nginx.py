"""An nginx of the tests' own, with the very settings that `hosting` writes."""

import os
import re
import shutil
import socket
from pathlib import Path

from generator.hosting.machine import Machine, files

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def command(tmp: Path, machine: Machine, port: int, *options: str) -> list[str]:
    """The command line of an nginx of its own, with what the template says but for the port and the places of logs.

    The settings around it are such as a machine may have, and as would do harm.
    """
    assert NGINX, "nginx is missing: make browser installs it"
    site = dict(files(machine))["nginx/registry.conf"]
    site = re.sub(r"listen 443|listen 80", f"listen 127.0.0.1:{port}", site)
    site = re.sub(r"    listen \[::\].*\n", "", site).replace("/var/log/nginx", str(tmp))
    (tmp / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;\n" if os.getuid() == 0 else ""
    places = "".join(
        f"    {name}_temp_path {tmp}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {tmp}/pid;\nerror_log {tmp}/error.log;\nevents {{}}\n"
        f"http {{\n{places}    open_file_cache max=1000 inactive=60s;\n    open_file_cache_valid 60s;\n    include site.conf;\n}}\n",
        encoding="utf-8",
    )
    return [NGINX, "-e", f"{tmp}/error.log", "-c", f"{tmp}/nginx.conf", *options]
