"""Files that nobody should bring as a register, by what is odd about them. None may cost more than a sentence."""

import io
import zipfile

HEAD = "Emri,Mbiemri,Data e identifikimit,Gjinia,Shtetësia\n"
ROW = "Arta,Provë,13.04.2007,F,Kosovë\n"
MARK = "Zylfijekeq"
"""Stands in many of them as a cell, so that a test can see whether it turns up where it must not."""


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def _rows(number: int, row: str = ROW) -> bytes:
    return (HEAD + row * number).encode()


BAD_FILES: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n\t\r\n ",
    "one byte": b"a",
    "binary": bytes(range(256)) * 20,
    "a spreadsheet's zip": _zip(),
    "an image": b"\x89PNG\r\n\x1a\n" + b"\x00" * 300,
    "a document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "NUL in a cell": (HEAD + f"{MARK}\x00,Provë,13.04.2007,F,Kosovë\n").encode(),
    "NUL as every second byte": (HEAD + ROW).encode("utf-16-le"),
    "half a BOM": b"\xff\xfe\x00",
    "UTF-16": (HEAD + ROW).encode("utf-16"),
    "UTF-8 cut off": (HEAD + ROW).encode()[:-9] + b"\xc3",
    "Latin-2": (HEAD + f"{MARK},Šćepan,13.04.2007,F,Kosovo\n").encode("cp1250", "ignore"),
    "Cyrillic of 1990": "Име,Презиме\nДрагана,Пробић\n".encode("cp1251"),
    "headings alone": HEAD.encode(),
    "a row without headings": ROW.encode(),
    "empty heading": f"Emri,,Mbiemri\n{MARK},x,y\n".encode(),
    "heading twice": f"Emri,EMRI,Mbiemri\n{MARK},x,y\n".encode(),
    "heading of emoji": f"🙂,🙃\n{MARK},y\n".encode(),
    "heading as long as a book": (f"{'E' * 9_000},Mbiemri\n{MARK},y\n").encode(),
    "cell as long as a book": (HEAD + f"{MARK * 2000},Provë,13.04.2007,F,Kosovë\n").encode(),
    "cell longer than a csv allows": (HEAD + f'"{MARK * 20_000}",Provë,13.04.2007,F,Kosovë\n').encode(),
    "quote never closed": (HEAD + f'"{MARK},Provë,13.04.2007\n').encode(),
    "quote in the middle": (HEAD + f'{MARK}"x"y,Pro"vë,13.04.2007,F,Kosovë\n').encode(),
    "nothing but quotes": b'"""""""""""\n"""""\n',
    "more cells than headings": (HEAD + f"{MARK},b,c,d,e,f,g,h\n").encode(),
    "fewer cells than headings": (HEAD + f"{MARK}\n").encode(),
    "a thousand columns": (",".join(f"k{number}" for number in range(1000)) + "\n" + "x," * 999 + "x\n").encode(),
    "ten thousand and one rows": _rows(10_001),
    "formulas": (HEAD + f"=1+1,@SUM(A1),13.04.2007,F,=cmd|' /C calc'!A0\n-2+3,{MARK},13.04.2007,F,Kosovë\n").encode(),
    "markup": (HEAD + "<script>alert(1)</script>,{{ 7*7 }},13.04.2007,F,%s%(x)s\n").encode(),
    "percent signs in headings": f"Emri,Mbiemri,%(x)s,%d%%\n{MARK},y,z,w\n".encode(),
    "direction marks": (HEAD + f"\u202e{MARK}\u202c,Pro\u200bvë,13.04.2007,F,Kosovë\n").encode(),
    "days that are none": (HEAD + f"{MARK},b,99.99.9999,F,Kosovë\n{MARK},c,00.00.0000,F,Kosovë\n").encode(),
    "day before time": (HEAD + f"{MARK},b,0000-00-01,F,Kosovë\n{MARK},c,١٣.٠٤.٢٠٠٧,F,Kosovë\n").encode(),
    "old Mac line ends": (HEAD + ROW).replace("\n", "\r").encode(),
    "semicolons declared": ("sep=;\n" + (HEAD + ROW).replace(",", ";")).encode(),
    "JSON": b'{"Emri": ["Arta"], "Mbiemri": null}',
    "lone surrogate": (HEAD + "Ar").encode() + b"\xed\xa0\x80" + b"ta,Prov,13.04.2007,F,Kosov\n",
}
