"""Tells when a program under test has nothing left to do, from its queues instead of from time that passes.

Textual's pilot sleeps until the processor rests, and sends every widget a message to see it come back: half of the
time of a test, and on a busy machine no proof of anything. Here the queues of all widgets are looked at, and what has
to be drawn is drawn at once.
"""

from __future__ import annotations

from asyncio import get_running_loop, sleep
from time import monotonic, process_time
from typing import Any, cast

from textual import app as textual_app
from textual import pilot as textual_pilot
from textual._context import active_app
from textual.app import App, ScreenStackError
from textual.pilot import Pilot
from textual.screen import Screen

STUCK = 0.02
"""Seconds without any work after which a handler is taken to wait for somebody else."""

ENDLESS = 5.0
"""Seconds after which a program that is never still is left to its work."""


async def until_still(app: App[Any]) -> None:
    """Wait until no task can go on, every widget waits for its next message, and all that has changed is drawn.

    What a timer will do later, and what a worker does in its thread, is not waited for; a handler that itself waits for
    something that does not come, only so long as anything happens.
    """
    ready = cast("Any", get_running_loop())._ready
    began = worked = monotonic()
    spent = process_time()
    while monotonic() - began < ENDLESS:
        await sleep(0)
        if _is_over(app):
            return
        if ready:
            continue
        if not _at_work(app):
            if not _drawn(app):
                return
            continue
        # Somebody waits for a thread: leave it the processor.
        await sleep(0.001)
        if process_time() - spent > STUCK / 20:
            worked, spent = monotonic(), process_time()
        elif monotonic() - worked > STUCK:
            return


def _is_over(app: App[Any]) -> bool:
    """Whether the program has been told to end and does nothing but that: nobody sees it any more."""
    inside = cast("Any", app)
    return bool(inside._exit and inside._closed)


def _at_work(app: App[Any]) -> bool:
    """Whether a window of another size is still to be taken up, or somebody has a message or is busy with one."""
    inside = cast("Any", app)
    if inside._resize_timer is not None or _busy(inside):
        return True
    return any(
        node._task is not None and not node._task.done() and _busy(node) for node in tuple(inside._registry)
    )


def _busy(pump: Any) -> bool:
    """Whoever is not waiting for the next message is busy with one."""
    queue = pump._message_queue
    return bool(queue.values or not queue.ready_event._waiters or pump._next_callbacks)


def _drawn(app: App[Any]) -> bool:
    """Draw what has changed, as the timers of the screens would at the next frame. Whether there was anything."""
    try:
        top = app.screen
    except ScreenStackError:
        return False
    seen = [cast("Any", each) for each in app.screen_stack if each.is_current]
    changed = [each for each in seen if _is_changed(each, on_top=each is top)]
    for screen in changed:
        with cast("Any", app)._context():  # there may be two programs
            screen._on_timer_update()
            if screen is top:
                _draw(screen)
        if screen is not top:
            # What the screen on top hides is never drawn, and would stay among what has changed.
            screen._dirty_widgets.clear()
    return bool(changed)


def _is_changed(screen: Any, *, on_top: bool) -> bool:
    changed = (
        screen._layout_required
        or screen._scroll_required
        or (screen._repaint_required and on_top)  # beneath, it stays so once it is drawn
        or screen._recompose_required
        or screen._dirty_widgets
        or (screen._compositor._dirty_regions and on_top)
    )
    return bool((changed and not screen.app._batch_count) or screen._callbacks)


_draw = cast("Any", Screen)._compositor_refresh


def _draw_when_still(screen: Screen[Any]) -> None:
    """Leave the drawing to `_drawn`: what comes between two still moments nobody sees, and it took a fifth of the time."""
    inside = cast("Any", screen)
    if inside.app.is_headless and not inside.app.is_inline and screen is inside.app.screen:
        inside._dirty_widgets.clear()
    else:
        _draw(screen)


def wait_by_stillness() -> None:
    """Let every pilot wait by the queues."""

    async def wait_for_screen(self: Pilot[Any], timeout: float = 30.0) -> bool:
        await until_still(self.app)
        return True

    async def idle(*_seconds: float) -> None:
        await until_still(active_app.get())

    pilot, program = cast("Any", Pilot), cast("Any", textual_app)
    cast("Any", Screen)._compositor_refresh = _draw_when_still
    pilot._wait_for_screen = wait_for_screen
    program.wait_for_idle = idle
    cast("Any", textual_pilot).wait_for_idle = idle
