"""DMC's lists of made-up pupils, in both layouts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

import xlsxwriter

#: Layout A as it is exported: two columns have the same header.
HEADER_A = (
    "รหัสโรงเรียน", "ชื่อโรงเรียน", "เลขประจำตัวนักเรียน", "ชั้น", "ห้อง", "เลขประจำตัวนักเรียน", "เพศ",
    "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "วันเกิด", "อายุ(ปี)", "น้ำหนัก", "ส่วนสูง", "กลุ่มเลือด", "ศาสนา",
    "เชื้อชาติ", "สัญชาติ", "บ้านเลขที่", "หมู่", "ถนน/ซอย", "ตำบล", "อำเภอ", "จังหวัด", "ชื่อผู้ปกครอง",
    "นามสกุลผู้ปกครอง", "อาชีพของผู้ปกครอง", "ความเกี่ยวข้องของผู้ปกครองกับนักเรียน", "ชื่อบิดา",
    "นามสกุลบิดา", "อาชีพของบิดา", "ชื่อมารดา", "นามสกุลมารดา", "อาชีพของมารดา", "ความด้อยโอกาส",
    "ยังไม่สามารถจำหน่ายได้ (3.1.8)",
)  # fmt: skip
#: Layout B: more columns, and headers cut short.
HEADER_B = (
    "รหัสโรงเรียน", "ชื่อโรงเรียน", "เลขประจำตัวประชาชน", "ชั้น", "ห้อง", "เลขประจำตัวนักเรียน", "เพศ",
    "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "วันเกิด", "ศาสนา", "สัญชาติ", "บ้านเลขที่ (ที่อยู่ปัจจุบัน)",
    "หมู่ (ที่อยู่ปัจจุบัน)", "ถนน (ที่อยู่ปัจจุบัน)", "ตำบล (ที่อยู่ปัจจุบัน)", "อำเภอ (ที่อยู่ปัจจุบัน)",
    "จังหวัด (ที่อยู่ปัจจุบัน)", "สถานภาพสมรสของบิดามาร", "ลักษณะการเดินทางมาโร", "คำนำหน้าชื่อผู้ปกครอง",
    "ชื่อผู้ปกครอง", "นามสกุลผู้ปกครอง", "ความเกี่ยวข้องของผู้ปกครองกับน", "หมายเลขโทรศัพท์ของผู้ปกคร",
    "เลขประจำตัวประชาชนผู้ปกคร", "ระยะทาง(ถนนลูกรัง) กม.", "ระยะทาง(ถนนลาดยาง) กม.",
    "ระยะเวลาเดินทาง (นาที)", "ความด้อยโอกาส",
)  # fmt: skip
MADE = "วันและเวลาที่สร้างรายงาน 2026-06-08 04:10:12.244315"
#: A pupil of layout A by position.
PUPIL_A = (
    "10960001", "บ้านตัวอย่าง", "1101700230708", "ป.4", "1", "04101", "ช", "เด็กชาย", "ต้น", "ตัวอย่าง",
    "13/05/2559", "10", "30", "130", "O", "พุทธ", "ไทย", "ไทย", "12/3", "5", "-", "ดอนตาล", "เมือง",
    "กาญจนบุรี", "สมศรี", "ตัวอย่าง", "รับจ้าง", "มารดา", "สมหมาย", "ตัวอย่าง", "เกษตรกร", "สมศรี",
    "ตัวอย่าง", "รับจ้าง", "เด็กยากจน", "-",
)  # fmt: skip
PUPIL_B = (
    "10960001", "บ้านตัวอย่าง", "0123456789012", "ม.1", "2", "00077", "ญ", "เด็กหญิง", "ใบบัว", "ทดสอบ",
    "๑/๖/๒๕๕๖", "พุทธ", "ไทย", "9", "2", "-", "ดอนตาล", "เมือง", "กาญจนบุรี", "แยกกันอยู่",
    "เดินเท้า", "นาง", "บุญมา", "ทดสอบ", "ย่า", "081-234-5678", "1101700230708", "0.5", "2",
    "15", "-",
)  # fmt: skip


def changed(row: tuple[str, ...], cells: Mapping[int, str]) -> tuple[str, ...]:
    """A row with other cells at some positions."""
    return tuple(cells.get(at, cell) for at, cell in enumerate(row))


def layout_a(*rows: Mapping[int, str], made: str = MADE) -> list[tuple[str, ...]]:
    """A list of layout A: each row says by position where it differs from the usual pupil."""
    return [(made,), HEADER_A, *(changed(PUPIL_A, row) for row in rows)]


def layout_b(*rows: Mapping[int, str]) -> list[tuple[str, ...]]:
    return [HEADER_B, *(changed(PUPIL_B, row) for row in rows)]


def as_csv(rows: Iterable[tuple[str, ...]], encoding: str = "utf-8") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[tuple[str | float, ...]]) -> bytes:
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file)
    sheet = workbook.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell) if isinstance(cell, str) else sheet.write(
                number, column, cell
            )
    workbook.close()
    return file.getvalue()
