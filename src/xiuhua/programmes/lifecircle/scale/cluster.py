"""Workers of Dask, our own on this machine or those of a scheduler somewhere, and work that outlives any of them."""

from __future__ import annotations

import asyncio
import logging
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from xiuhua.engine.threads import cores
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

LOCAL = "local"
_FIELD = "--dask"
_PATIENCE_S = 10
_SILENCE_S = 60
_AHEAD = 2

Ask = Callable[[int, float], tuple[Any, ...]]
"""Function and arguments that walk a tile, of its number and its halo."""


@contextmanager
def workers(where: str, *, count: int | None = None) -> Iterator[Any]:
    """Yield a client of some workers, and close what was opened.

    Parameters
    ----------
    where : str
        ``local`` for processes of our own, as many as there are cores, that talk over loopback only; else the address
        of a scheduler, such as ``tcp://10.0.0.7:8786``.
    count : int, optional
        Processes of our own.

    Raises
    ------
    Refused
        Dask is not installed; nothing answers at the address, or it is no scheduler, or it has no workers.
    """
    try:
        import dask

        distributed = _library()
    except ImportError as missing:
        raise Refused(not_installed()) from missing
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}))
        stack.enter_context(_quiet())
        if where == LOCAL:
            yield stack.enter_context(_of_our_own(distributed, count or cores()))
        else:
            yield stack.enter_context(_client_of(where))


@contextmanager
def _of_our_own(distributed: Any, count: int) -> Iterator[Any]:
    """A client of processes of this machine.

    Ctrl-C waits while they begin and while they end: what is half begun Dask cannot end.
    """
    opened = ExitStack()
    try:
        with _undisturbed():
            client = _begin(distributed, count, opened)
        yield client
    finally:
        with _undisturbed():
            opened.close()


def _begin(distributed: Any, count: int, opened: ExitStack) -> Any:
    import dask

    folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="xiuhua-dask-", ignore_cleanup_errors=True))
    opened.enter_context(dask.config.set({"temporary-directory": folder}))
    cluster = distributed.LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        local_directory=folder,
        silence_logs=logging.CRITICAL,
    )
    opened.enter_context(cluster)
    client = opened.enter_context(distributed.Client(cluster))
    client.register_plugin(_deaf())
    return client


def not_installed() -> Reason:
    """What to say where the extra is missing."""
    cause = _("没有安装分块计算要用的 Dask 和 pyarrow")
    return Reason(cause, field=_FIELD, mend=_("请运行 pip install 'xiuhua[scale]'"))


def done_by(client: Any, numbers: list[int], ask: Ask, first_halo: float) -> Iterator[Any]:
    """What came of each tile, as it comes. A few tiles a worker are under way at a time.

    A tile whose halo was too narrow is asked for again with a wider one; one whose worker died, by Dask, of another.

    Raises
    ------
    Refused
        A worker refused; a tile killed worker after worker; no worker has been there for a minute.
    """
    from xiuhua.engine.tiles import wider

    waiting = [(number, first_halo) for number in reversed(numbers)]
    under_way: dict[Any, tuple[int, float]] = {}
    try:
        while waiting or under_way:
            while waiting and len(under_way) < _AHEAD * _hands(client):
                number, halo = waiting.pop()
                function, *given = ask(number, halo)
                under_way[client.submit(function, *given, pure=False)] = (number, halo)
            for future in _next_done(client, list(under_way)):
                number, halo = under_way.pop(future)
                came = _result(future, number)
                if came is None:
                    waiting.append((number, wider(halo)))
                else:
                    yield came
    finally:
        if under_way:
            client.cancel(list(under_way))


def _next_done(client: Any, futures: list[Any]) -> list[Any]:
    distributed = _library()

    while True:
        try:
            with client.as_current():
                return list(distributed.wait(futures, timeout=_SILENCE_S, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            if not client.scheduler_info(n_workers=-1)["workers"]:
                cause = _("已经一分钟没有一个计算进程")
                raise Refused(Reason(cause, field=_FIELD, mend=_("请给调度器启动 dask worker"))) from None


def _result(future: Any, number: int) -> Any:
    distributed = _library()

    try:
        return future.result()
    except distributed.KilledWorker as error:
        cause = _("第 %(tile)s 块接连累倒了几个计算进程，多半是内存不够") % {"tile": number}
        raise Refused(Reason(cause, field="--tile", mend=_("请把每块改小，或给每个进程多些内存"))) from error
    except (distributed.client.FutureCancelledError, distributed.comm.CommClosedError) as error:
        raise Refused(Reason(_("与调度器的连接断了"), field=_FIELD, mend=_("请看调度器还在不在，再算一次"))) from error
    except (ImportError, AttributeError) as error:
        cause = _("计算进程里没有 xiuhua，或版本不同：%(why)s") % {"why": error}
        raise Refused(Reason(cause, field=_FIELD, mend=_("请在各台机器装同一版本 xiuhua[scale]"))) from error


def _client_of(address: str) -> Any:
    distributed = _library()

    mend = _("请写成 tcp://主机:端口；或写 local，就用本机的进程")
    try:
        kind = asyncio.run(_what_answers(address))
    except Exception as error:
        cause = _("连不上 Dask 调度器 %(address)s") % {"address": address}
        raise Refused(Reason(cause, field=_FIELD, mend=mend)) from error
    if kind != "Scheduler":
        cause = _("%(address)s 是 %(kind)s，不是 Dask 调度器") % {"address": address, "kind": kind}
        raise Refused(Reason(cause, field=_FIELD, mend=mend))
    client = distributed.Client(address, timeout=_PATIENCE_S, set_as_default=False)
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except TimeoutError as error:
        client.close()
        cause = _("调度器 %(address)s 还没有计算进程") % {"address": address}
        raise Refused(Reason(cause, field=_FIELD, mend=_("请给调度器启动 dask worker"))) from error
    return client


async def _what_answers(address: str) -> str:
    """What kind of Dask server is there. A client would wait for ever for a server of another kind."""
    async with _library().rpc(address) as server:
        said = await asyncio.wait_for(server.identity(), _PATIENCE_S)
    return str(said["type"])


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block. What threads and processes begin in it never hear it."""
    if threading.current_thread() is not threading.main_thread():
        with _unheard():
            yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        with _unheard():
            yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
        if came:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _unheard() -> Iterator[None]:
    """Block Ctrl-C in this thread: those that it begins inherit that, and the processes that these begin."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # else the thread that needs it first would begin it, and unblock Ctrl-C
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _deaf() -> Any:
    """Ctrl-C in a terminal goes to all processes of ours; only the client answers it, and ends the others.

    Where signals cannot be blocked, this is what makes workers ignore it.
    """

    class Deaf(_library().WorkerPlugin):  # type: ignore[misc]
        def setup(self, worker: Any) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    return Deaf()


def _library() -> Any:
    import distributed
    import distributed.comm

    return distributed


def _hands(client: Any) -> int:
    """Tiles that can be walked at once."""
    return max(1, int(sum(client.nthreads().values())))


@contextmanager
def _quiet() -> Iterator[None]:
    """Say in a line of our own what Dask would log at length."""
    loggers = [logging.getLogger(name) for name in ("distributed", "tornado.application", "asyncio")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
