"""Ids, secrets and chance: shaped as promised, repeatable where a seed is given."""

import re

import pytest

from world.identity import Ids, SeededIds, SystemIds, seeded_chance

DRAWS = 200


@pytest.mark.parametrize("ids", [SystemIds(), SeededIds(1)])
def test_ids_tokens_and_codes_have_their_shapes(ids: Ids) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", ids.new())
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", ids.token())
    assert re.fullmatch(r"[0-9]{8}", ids.code())


def test_a_token_fits_a_start_link_of_telegram() -> None:
    assert len(f"h_{SystemIds().token()}") <= 64


@pytest.mark.parametrize("ids", [SystemIds(), SeededIds(1)])
def test_nothing_is_drawn_twice(ids: Ids) -> None:
    drawn = {ids.new() for _ in range(DRAWS)} | {ids.token() for _ in range(DRAWS)}

    assert len(drawn) == 2 * DRAWS


def test_a_seed_repeats_everything_and_another_seed_nothing() -> None:
    first, again, other = SeededIds(7), SeededIds(7), SeededIds(8)

    assert (first.new(), first.token(), first.code()) == (again.new(), again.token(), again.code())
    assert first.new() != other.new()
    assert seeded_chance(3).random() == seeded_chance(3).random()
