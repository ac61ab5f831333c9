"""Commands of the house itself."""

import json
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from xiuhua.ground.words import gettext as _

LOOPBACK = "127.0.0.1"
TERMINATED = 143
SECONDS_TO_CLOSE = 3
"""How long an open feed may keep the server from closing."""


def serve(
    host: Annotated[str, typer.Option(help=_("在哪个地址上服务；0.0.0.0 让别的机器也能打开"))] = LOOPBACK,
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help=_("端口"))] = 8000,
    worker: Annotated[bool, typer.Option(help=_("同时开一个后台程序办任务"))] = True,
) -> None:
    """打开网页：准备数据库和静态文件，然后服务，同时在后台办任务。"""
    prepare()
    run_server(port, host=host, worker=worker)


def prepare() -> None:
    """Bring database and static files up to date; quick when they are.

    Raises
    ------
    Refused
        The key ring lacks a key that the data were sealed with.
    """
    from django.core.management import call_command

    from xiuhua.ground.sealing.keyring import keyring

    call_command("migrate", verbosity=0)
    keyring()
    call_command("collectstatic", verbosity=0, interactive=False)


def run_server(port: int, *, host: str = LOOPBACK, worker: bool = True) -> None:
    """Serve until interrupted, to this machine only unless told otherwise, with a worker that ends with it."""
    import uvicorn
    from django.conf import settings
    from rich.console import Console

    from xiuhua.doors.companion import worker_beside

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    shown = "localhost" if host == LOOPBACK else host  # browsers make passkeys for a name, not for a number
    Console().print(
        _("绣花已经打开：%(address)s （按 Ctrl-C 关闭）") % {"address": f"http://{shown}:{port}/"}, highlight=False
    )
    with worker_beside() if worker else nullcontext():
        uvicorn.run(
            "xiuhua.doors.asgi:application",
            host=host,
            port=port,
            log_level="warning",
            lifespan="off",
            proxy_headers=settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0,  # else anybody on this machine says who they are
            timeout_graceful_shutdown=SECONDS_TO_CLOSE,
        )


def manage(context: typer.Context) -> None:
    """Django 管理命令，例如 migrate、shell。"""
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{sys.argv[0]} manage", *context.args])


def demo(
    seed: Annotated[int, typer.Option(min=0, help=_("种子：同一个数造出同一个街道"))] = 20230803,
    scale: Annotated[float, typer.Option(min=0.02, max=1.0, help=_("规模，1 为全街道"))] = 1.0,
    serve: Annotated[bool, typer.Option(help=_("建好后打开网页"))] = True,
    summary: Annotated[Path | None, typer.Option(dir_okay=False, help=_("把从数据库数回来的数字写进这个文件"))] = None,
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help=_("端口"))] = 8000,
    worker: Annotated[bool, typer.Option(help=_("同时开一个后台程序办任务"))] = True,
) -> None:
    """建成演示街道（人物、楼栋、设施均为虚构），并打开网页。"""
    from xiuhua.demo.build import build
    from xiuhua.demo.build import summary as count_back
    from xiuhua.ground.progress import progress_bar

    prepare()
    if not sys.stderr.isatty():
        print(_("正在建演示街道，约一分钟"), file=sys.stderr, flush=True)  # noqa: T201 - where no bar can be drawn
    with progress_bar() as progress:
        subdistrict = build(seed=seed, scale=scale, progress=progress)
    if summary is not None:
        summary.write_text(json.dumps(count_back(subdistrict), ensure_ascii=False, indent=2) + "\n", "utf-8")
    if serve:
        run_server(port, worker=worker)
