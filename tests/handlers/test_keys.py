import pytest

from handlers.keys import (
    DATA_BYTES_MAX,
    Act,
    Key,
    Menu,
    Press,
    inline_markup,
    mark,
    read_press,
    reply_markup,
    rows_of,
)

# The data of buttons in people's chats: a change here makes every old button stale.
GOLDEN = {
    Press(Act.CANCEL): "1:no:",
    Press(Act.EXPENSE_ARTICLE, ("7000000001-12-1", "407")): "1:xa:7000000001-12-1|407",
    Press(Act.HANDOVER_ACCEPT, ("0123456789ab",)): "1:ha:0123456789ab",
    Press(Act.LINE_OPTION, ("17", mark("x"))): "1:lo:17|2d711642b726",
}


@pytest.mark.parametrize(("press", "data"), GOLDEN.items())
def test_presses_keep_their_bytes(press, data):
    assert press.data == data
    assert read_press(data) == press


@pytest.mark.parametrize("data", ["", "e1:undo:5", "2:no:", "1:zz:1", "1", "1:", "ж" * 32])
def test_what_this_version_never_made_is_no_press(data):
    assert read_press(data) is None


def test_the_longest_presses_fit():
    chat, message, deal = "7" * 13, "9" * 10, "amocrm:" + "9" * 12
    longest = [
        Press(Act.EXPENSE_ARTICLE, (f"{chat}-{message}-20e99~{mark('x')[:6]}", "1234")),
        Press(Act.LINE_REFUND, ("123456789", f"{chat}-{message}")),
        Press(Act.REFUND_PAYMENT, (deal, mark("x"))),
    ]

    assert all(len(press.data.encode()) <= DATA_BYTES_MAX for press in longest)


def test_a_press_that_does_not_fit_is_our_mistake():
    with pytest.raises(AssertionError):
        _ = Press(Act.INVITE_USER, ("ж" * 30,)).data


def test_long_labels_are_cut_and_empty_rows_left_out():
    keys = [[], [Key("я" * 80, Press(Act.CANCEL))]]

    assert inline_markup(keys) == [[{"text": "я" * 59 + "…", "callback_data": "1:no:"}]]


def test_a_menu_without_keys_takes_the_former_one_away():
    assert reply_markup(Menu()) == {"remove_keyboard": True}
    assert rows_of([1, 2, 3], 2) == [[1, 2], [3]]
