import json
import os
import subprocess
import sys

import pytest

XIUHUA = [sys.executable, "-c", "from xiuhua.doors.cli import main; main()"]


def run(*arguments, **environment):
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "xiuhua.doors.settings", "XIUHUA_LANG": "zh-hans", **environment}
    return subprocess.run([*XIUHUA, *arguments], capture_output=True, text=True, check=False, env=own)


def test_help_lists_every_noun():
    listed = run("--help")
    assert listed.returncode == 0
    assert all(noun in listed.stdout for noun in ("lifecircle", "demo", "serve", "territory", "manage"))


def test_help_speaks_english_by_switch():
    assert "street map" in run("--help", XIUHUA_LANG="en").stdout


@pytest.mark.parametrize("noun", ["lifecircle", "demo", "serve", "territory"])
def test_every_noun_explains_itself(noun, tmp_path):
    told = run(noun, "--help", XIUHUA_DATA=str(tmp_path))
    assert told.returncode == 0, told.stderr
    assert "--" in told.stdout


def test_what_is_refused_is_one_line_and_status_two(tmp_path):
    refused = run("lifecircle", "nowhere.osm.pbf", "--out", str(tmp_path / "out"))
    assert refused.returncode == 2
    assert refused.stderr.count("nowhere.osm.pbf") == 1
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


MISTAKES = [
    (["frobnicate"], "frobnicate: 没有这个命令；可选：lifecircle demo", "no such command; choose among lifecircle"),
    (["lifecircle"], "EXTRACT: 缺了这一项", "EXTRACT: missing"),
    (["lifecircle", "a.osm"], "--out: 缺了这一项（结果写进这个文件夹）", "--out: missing (folder for the results)"),
    (["lifecircle", "a.osm", "--out"], "--out: 后面要跟一个值；用法见", "--out: a value must follow; see"),
    (["lifecircle", "a.osm", "b", "--out", "x"], "b: 多出来的词", "b: one word too many"),
    (["lifecircle", "a.osm", "--outs", "x"], "--outs: 没有这个选项；相近的有 --at --out", "--outs: no such option"),
    (["lifecircle", "a.osm", "--out", "x", "--json=1"], "--json: 后面不跟值", "--json: takes no value"),
    (["demo", "--scale", "big"], "--scale: 要一个数", "--scale: must be a number"),
    (["demo", "--scale", "5"], "--scale: 不能大于 1", "--scale: must be at most 1"),
    (["territory", "import-osm", "a.osm"], "--code: 缺了这一项", "--code: missing"),
]
SEVERAL = """
import contextlib, io, json, sys
from xiuhua.doors.cli import main
told = []
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["xiuhua", *words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main()
        except SystemExit as ended:
            code = ended.code
    told.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(told))
"""
"""Several commands in one process: each of its own would import everything anew."""


@pytest.mark.parametrize(("language", "said"), [("zh-hans", 1), ("en", 2)])
def test_a_mistake_in_the_use_is_one_line_in_the_readers_language(language, said, tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "xiuhua.doors.settings", "XIUHUA_DATA": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", SEVERAL, json.dumps([words for words, *_ in MISTAKES])],
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "XIUHUA_LANG": language},
    )
    for mistake, (code, out, error) in zip(MISTAKES, json.loads(told.stdout), strict=True):
        assert (code, out) == (2, ""), mistake
        assert mistake[said] in error
        assert error.count("\n") == 1


def test_a_noun_that_needs_a_verb_is_answered_by_its_help(tmp_path):
    told = run("territory", XIUHUA_DATA=str(tmp_path))
    assert told.returncode == 2
    assert "import-osm" in told.stderr


def test_help_is_in_one_language():
    for language, heads in (
        ("zh-hans", ("用法：", "选项：", "参数：", "[必填]", "显示")),
        ("en", ("Usage: ", "Options:")),
    ):
        told = run("lifecircle", "--help", XIUHUA_LANG=language).stdout
        assert all(head in told for head in heads)
    assert not any(word in run("lifecircle", "--help").stdout for word in ("Usage", "Options", "required", "default"))


def test_the_command_without_a_database_loads_no_django(tmp_path):
    script = (
        "import sys; from xiuhua.doors.cli import main\n"
        "sys.argv = ['xiuhua', 'lifecircle', 'nowhere.osm', '--out', 'x']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('django' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert told.stdout.strip() == "False"


def test_manage_passes_through_to_django(tmp_path):
    told = run("manage", "check", "--fail-level", "WARNING", XIUHUA_DATA=str(tmp_path))
    assert told.returncode == 0, told.stderr
