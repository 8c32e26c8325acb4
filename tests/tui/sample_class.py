"""How a supervisor defines the status “Sample class”, key by key."""

from __future__ import annotations

from desk_driving import Driver


class Typist:
    """Counts what is pressed."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.count = 0

    async def type(self, text: str) -> None:
        self.count += len(text)
        await self.driver.type(text)

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await self.driver.press(*keys)


async def define_sample_class(typist: Typist) -> None:
    """Moves to a colleague, must have a reminder, asks date, time and seat."""
    await typist.press("a")
    await typist.type("Sample class")
    await typist.press("enter")
    await typist.type("◇")
    await typist.press("enter")
    await typist.type("teal")
    await typist.press("enter", "enter")
    await typist.type("moves")
    await typist.press("enter")
    await typist.type("Who teaches")
    await typist.press("enter")
    await typist.type("must")
    await typist.press("enter")
    for title, kind in (("Date", "date"), ("Time", "time")):
        await typist.press("enter")
        await typist.type(title)
        await typist.press("enter")
        await typist.type(kind)
        await typist.press("enter", "right", "enter")
    await typist.press("enter")
    await typist.type("Seat")
    await typist.press("enter")
    await typist.type("choice")
    await typist.press("enter", "right", "enter")
    await typist.type("front, back")
    await typist.press("enter", "ctrl+s")
