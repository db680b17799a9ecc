"""Small sites with a manifest of their own, and a server that behaves as badly as it is told to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MANIFEST = "api/v1/manifest.json"
PAGES = "api/v1/files/pages.json"
LISTED = {"data/units.csv": b"\xef\xbb\xbfid\r\n2301-0001\r\n", "robots.txt": b"User-agent: *\n"}
OF_PAGES = {
    "index.html": b"<title>home</title>",
    "factories/2301-0001/index.html": b"<title>unit</title>",
    "404.html": b"<title>lost</title>",
}


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def row(path: str, content: bytes) -> dict[str, Any]:
    return {"path": path, "bytes": len(content), "sha256": digest(content)}


def encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def manifest(
    files: list[dict[str, Any]], *, as_of: str = "2026-11-24", previous: str | None = None, **more: Any
) -> bytes:
    said: dict[str, Any] = {
        "as_of": as_of,
        "next_transition": None,
        "commit": None,
        "previous": previous,
        "counts": {},
    }
    return encoded({**said, "files": files, **more})


def site(folder: Path, *, as_of: str = "2026-11-24", previous: str | None = None, **more: Any) -> Path:
    """Write a site of five files, the list of its pages and its manifest."""
    pages = encoded({"family": "pages", "files": [row(*found) for found in OF_PAGES.items()]})
    for path, content in {**LISTED, **OF_PAGES, PAGES: pages}.items():
        put(folder, path, content)
    rows = [row(path, content) for path, content in {**LISTED, PAGES: pages}.items()]
    put(folder, MANIFEST, manifest(rows, as_of=as_of, previous=previous, **more))
    return folder


def put(folder: Path, path: str, content: bytes) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


@dataclass
class Server:
    """Serves a folder below a path. `answers` are asked first, by the path within the site; each may be asked again."""

    folder: Path
    mount: str = "/"
    answers: dict[str, Callable[[BaseHTTPRequestHandler], bool]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.removeprefix(server.mount)
            server.asked.append(self.path)
            if path in server.answers and server.answers[path](self):
                return
            file = server.folder / (f"{path}index.html" if path == "" or path.endswith("/") else path)
            if file.is_file() and self.path.startswith(server.mount):
                answer(self, 200, file.read_bytes())
            else:
                answer(self, 404, (server.folder / "404.html").read_bytes())

        def log_message(self, *told: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *told: Any) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as running:
        server.url = f"http://127.0.0.1:{running.server_address[1]}{server.mount}"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            running.shutdown()
            thread.join()


def answer(handler: BaseHTTPRequestHandler, status: int, content: bytes, **headers: str) -> bool:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
    return True
