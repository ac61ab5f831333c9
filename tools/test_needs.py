"""Install what the tests need besides Python packages: by apt when root on Debian, otherwise say what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def _has_postgres() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None


def _has_chromium() -> bool:
    return shutil.which("chromium") is not None


def _has_chinese_fonts() -> bool:
    listed = (
        subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
        if shutil.which("fc-list")
        else None
    )
    return bool(listed and listed.stdout.strip())


NEEDS = {
    "chromium": (_has_chromium, ["chromium"]),
    "fonts": (_has_chinese_fonts, ["fonts-noto-cjk", "fontconfig"]),
    "postgresql": (_has_postgres, ["postgresql"]),
}


def main(wanted: list[str]) -> int:
    """Install or name what is missing; 0 when all is there."""
    missing = [name for name in wanted or NEEDS if not NEEDS[name][0]()]
    packages = [package for name in missing for package in NEEDS[name][1]]
    if not packages:
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(
            f"The tests need {', '.join(missing)}. On Debian: sudo apt-get install {' '.join(packages)}",
            file=sys.stderr,
        )
        return 1
    print(f"Installing {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
