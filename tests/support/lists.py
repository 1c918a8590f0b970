"""Lists for the importers, written as short as a test can say them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.database import Database
from documents.imports import Summary, import_table
from services.imports.rows import Outcome, RowReport

SCHOOLS = "school_code,name,district_area\n10960001,บ้านตัวอย่าง,เมือง\n01234567,วัดทดสอบ,เมือง\n"
#: What a pupil's row has when a test does not say otherwise.
PUPIL = {
    "school_code": "10960001",
    "student_no": "04101",
    "citizen_id": "",
    "title": "ด.ช.",
    "first_name": "ต้น",
    "last_name": "ตัวอย่าง",
    "nickname": "",
    "sex": "ช",
    "birth_date": "15/06/2559",
    "class": "ป.4",
    "room": "1",
    "guardian_name": "",
    "guardian_relation": "",
    "guardian_phone": "",
}
STAFF = {
    "school_code": "10960001",
    "role": "teacher",
    "title": "นาง",
    "first_name": "สมใจ",
    "last_name": "ตัวอย่าง",
    "class": "ป.4",
    "room": "1",
    "phone": "",
    "staff_id": "",
}


@dataclass
class Imported:
    """What an import said."""

    summary: Summary
    reports: list[RowReport] = field(default_factory=list)

    def outcomes(self) -> list[Outcome]:
        """What became of each row, in order."""
        return [report.outcome for report in self.reports]

    def said(self, number: int) -> tuple[Outcome, str, str]:
        """Outcome, first column and first reason (its message id) of a row of the file."""
        (report,) = [report for report in self.reports if report.number == number]
        if not report.remarks:
            return report.outcome, "", ""
        return report.outcome, report.remarks[0].column, report.remarks[0].reason.msgid


def table(usual: dict[str, str], *rows: dict[str, str]) -> bytes:
    """A CSV file of rows that differ from the usual one as said."""
    columns: Sequence[str] = list(dict.fromkeys([*usual, *(name for row in rows for name in row)]))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows([{**usual, **row} for row in rows])
    return file.getvalue().encode()


def take(
    database: Database, kind: str, content: bytes | str, *, now: datetime, complete: bool = False
) -> Imported:
    """Import a file without pauses."""
    reports: list[RowReport] = []
    content = content.encode() if isinstance(content, str) else content
    summary = import_table(
        database, kind, content, now=now, complete=complete, report=reports.append, pause=0
    )
    return Imported(summary, reports)
