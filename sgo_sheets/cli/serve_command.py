"""``sgo serve``: the built site in a browser, from this computer only."""

from __future__ import annotations

import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from sgo_sheets.cli.options import debug_option, school_option
from sgo_sheets.project import Project, UserError
from sgo_sheets.site.manifest import start_page

HOST = "127.0.0.1"


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the files of the site and nothing else: no listings, no links out of the folder, no caching."""

    def send_head(self) -> object:  # type: ignore[override]  # the base class promises a private file type
        """Return the open file that answers the request, None after an error was sent."""
        if self.headers.get("Host", HOST).rsplit(":", 1)[0] not in (HOST, "localhost"):
            # A page of the internet may point a name of its own at this address and so read what stands here.
            self.send_error(421, "Misdirected request")
            return None
        path = Path(self.translate_path(self.path))
        root = Path(self.directory).resolve()
        index = path / "index.html"
        target = index if path.is_dir() and index.is_file() else path
        if not target.resolve().is_relative_to(root) or not (target.is_file()):
            self.send_error(404, "Not found")
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Add the headers every answer has."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing: a line for every picture helps nobody."""


def make_server(site: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of the site on this computer's own address. Raises UserError when the port is taken."""
    try:
        return ThreadingHTTPServer((HOST, port), partial(SiteHandler, directory=str(site)))
    except (OSError, OverflowError) as error:
        raise UserError(f"Порт {port} занят или недоступен. Назовите другой: sgo serve --port {port + 1}.") from error


@click.command("serve")
@school_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Порт; 0 — любой.")
@click.option("--no-browser", is_flag=True, help="Не открывать браузер.")
@debug_option
def command(project: Project, port: int, *, no_browser: bool) -> None:
    """Показать сайт в браузере этого компьютера. Остановить: Ctrl+C."""
    start = start_page(project.site)
    if start is None:
        raise UserError(f"Сайт в папке {project.site} ещё не собран. Выполните sgo build и повторите.")
    with make_server(project.site, port) as server:
        address = f"http://{HOST}:{server.server_port}/{start.relative_to(project.site).as_posix()}"
        click.echo(f"Сайт показан по адресу {address}")
        click.echo("Он виден только на этом компьютере. Остановить: Ctrl+C.")
        if not no_browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("\nОстановлено.")
