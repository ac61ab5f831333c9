"""Kinds of jobs to test with. Their effect is a row of a table that only tests have."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from django.db import OperationalError, connection

from xiuhua.ground.jobs.registry import job
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.verdicts import Reason, Refused

TABLE = "job_effects"
CREATE = f"CREATE TABLE {TABLE} (job bigint, note text)"


def write(running: Running, note: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (job, note) VALUES (%s, %s)", [running.job.pk, note])


@job("sample.write", says="写一行")
def write_a_row(running: Running, *, note: str = "") -> None:
    running.progress("写", 0.5)
    with running.effect():
        write(running, note)
        running.done({"新增": 1}, url="/there/", link="去看", said="写好了。")


@job("sample.steps", says="一步一步")
def go_on_until_stopped(running: Running, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        running.progress("走", 0.25)
        running.stop_if_asked()
        time.sleep(0.05)
    with running.effect():
        write(running, "")
        running.done()


@job("sample.endless", says="没完没了", longest=timedelta(seconds=1))
def never_end(running: Running) -> None:
    with running.effect():
        write(running, "")
        time.sleep(600)


@job("sample.killed", says="办到一半断了")
def die_the_first_time(running: Running, *, how: str, tell: str = "") -> None:
    with running.effect():
        write(running, how)
        if running.job.attempts == 1 and how == "itself":
            os.kill(os.getpid(), signal.SIGKILL)
        if running.job.attempts == 1:
            Path(tell).touch()
            time.sleep(60)
        running.done()


@job("sample.refused", says="不行的事")
def be_refused(running: Running) -> None:
    with running.effect():
        write(running, "")
        raise Refused(Reason("第 14 行「身份证号」少了一位", mend="补上再传"), Reason("第 20 行没有姓名"))


@job("sample.broken", says="出错的事")
def break_down(running: Running) -> None:
    with running.effect():
        write(running, "")
        raise ZeroDivisionError("王秀英的数")


@job("sample.unfinished", says="没有说办完")
def say_nothing(running: Running) -> None:
    running.progress("走", 1.0)


@job("sample.database", says="数据库断了")
def lose_the_database(running: Running) -> None:
    raise OperationalError("server closed the connection")
