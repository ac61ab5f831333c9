import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_message_has_its_english():
    checked = subprocess.run([sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, (
        checked.stderr + "\nRun tools/messages.py, then write the English into the .po files."
    )
