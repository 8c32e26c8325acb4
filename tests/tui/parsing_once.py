"""Parses each style sheet once for all programs that a test run opens, as one program does for all its widgets."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token


def parse_once() -> None:
    """Let the style sheets of the programs share what they parse, as long as their colours are the same."""
    known: dict[tuple[object, ...], list[RuleSet]] = {}

    @cache
    def tokens_of(variables: frozenset[tuple[str, str]]) -> dict[str, list[Token]]:
        return tokenize_values(dict(variables))

    def tokens(variables: dict[str, str]) -> dict[str, list[Token]]:
        return tokens_of(frozenset(variables.items()))

    def parsed(*source: Any, variable_tokens: dict[str, list[Token]], **more: Any) -> list[RuleSet]:
        # The tokens of the same variables are the same object, and stay.
        key = (*source, id(variable_tokens), *more.values())
        if key not in known:
            known[key] = list(parse(*source, variable_tokens=variable_tokens, **more))
        return known[key]

    textual = cast("Any", stylesheet)
    textual.tokenize_values = tokens
    textual.parse = parsed
