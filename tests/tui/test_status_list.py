"""Tests of the list of statuses by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dialog_app import LEAD, STATUSES, DialogApp, snapshot
from textual.visual import VisualType
from textual.widgets import Static

from leadtui.domain.status import Status


@pytest.mark.parametrize("now", STATUSES, ids=lambda each: each.title)
async def test_no_title_is_cut_at_any_moment(monkeypatch: pytest.MonkeyPatch, now: Status) -> None:
    drawn: list[str] = []
    update = Static.update

    def noted(self: Static, content: VisualType = "", *, layout: bool = True) -> None:
        drawn.append(str(content))
        update(self, content, layout=layout)

    monkeypatch.setattr(Static, "update", noted)
    app = DialogApp(snapshot(lead=replace(LEAD, status_id=now.id)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
    lists = [text for text in drawn if STATUSES[0].title[:2] in text and "\n" in text]
    assert lists
    for text in lists:
        assert "…" not in text
        assert all(each.title in text for each in STATUSES)
