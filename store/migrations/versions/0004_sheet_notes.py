"""What people wrote beside rows of a spreadsheet's journal, as seen last"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "sheet_notes",
        sa.Column("spreadsheet", sa.Text(), nullable=False),
        sa.Column("number", counter, nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["operations.number"], name=op.f("fk_sheet_notes_number")
        ),
        sa.PrimaryKeyConstraint("spreadsheet", "number", "column", name=op.f("pk_sheet_notes")),
    )


def downgrade() -> None:
    op.drop_table("sheet_notes")
