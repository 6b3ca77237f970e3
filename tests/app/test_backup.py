"""The `backup` command."""

from tests.app.command_room import Desk


def test_a_copy_is_made_in_a_folder_that_need_not_exist(desk: Desk) -> None:
    done = desk.run("backup", desk.home / "copies" / "today")

    assert done.status == 0
    assert [one.suffix for one in (desk.home / "copies" / "today").iterdir()] == [".db"]


def test_a_folder_that_cannot_be_written_to_is_a_sentence(desk: Desk) -> None:
    (desk.home / "copies").write_text("a file")

    assert "не записать" in desk.refused("backup", desk.home / "copies")
