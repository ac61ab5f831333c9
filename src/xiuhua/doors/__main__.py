"""``python -m xiuhua.doors`` is ``xiuhua``, wherever the script of that name may lie."""

from xiuhua.doors.cli import main

main()
