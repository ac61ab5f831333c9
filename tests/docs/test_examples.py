"""Examples in the documentation give what they say."""

import doctest
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
PAGES = sorted(page for page in (ROOT / "docs").glob("**/*.md") if "```pycon" in page.read_text("utf-8"))


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.stem)
def test_examples_give_what_they_say(document, tmp_path, monkeypatch):
    shutil.copytree(SAMPLES, tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    examples = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", document.read_text("utf-8"), re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, document.name, str(document), 0)
    told: list[str] = []

    outcome = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append)

    assert outcome.attempted > 0
    assert outcome.failed == 0, "".join(told)
