"""The picture in the README is what the program draws.

Where the desk looks different on purpose, `LEADTUI_NEW_PICTURE=1 uv run pytest tests/tui/test_readme_picture.py` draws it anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from desk_driving import Driver, make_app, stilled
from desk_story import ENGLISH, make_story, open_story

from leadtui.settings import Settings

PICTURE = Path(__file__).parents[2] / "docs" / "desk.svg"


async def test_the_picture_in_the_readme_is_true(tmp_path: Path) -> None:
    session, _clock = open_story(make_story(tmp_path, ENGLISH), tmp_path, ENGLISH)
    app = make_app(session, Settings(theme="leadtui-night"))
    try:
        async with app.run_test(size=(132, 36)) as pilot:
            await Driver(app, pilot).settled()
            await stilled(pilot)
            drawn = app.export_screenshot(title="leadtui")
    finally:
        app.writer.close()
        session.close()
    if os.environ.get("LEADTUI_NEW_PICTURE"):
        PICTURE.write_text(drawn, encoding="utf-8")
    assert _without_ids(PICTURE.read_text(encoding="utf-8")) == _without_ids(drawn)


def _without_ids(picture: str) -> str:
    """The picture without the number that its classes bear, which changes where nothing is drawn otherwise."""
    return re.sub(r"terminal-\d+", "terminal", picture)
