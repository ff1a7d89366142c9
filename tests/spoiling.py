"""Ways to spoil a library: each changes the files in a folder by chance, as `dice` falls."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

from PIL import Image

from scormpack.source.files import LARGEST_TEXT

Mutator = Callable[[Random, Path], None]

MODULE = "every-block"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
VALUE = re.compile(r"(?<=: )[^\s,{}\[\]|][^,{}\[\]\n|]*|(?<=\[)[^,{}\[\]\n]+")
ROOM = LARGEST_TEXT - 5_000  # so that what is added to a file does not make it too large to be read


def _files(library: Path, *endings: str) -> list[Path]:
    return sorted(
        path for path in library.rglob("*") if path.is_file() and path.suffix in (endings or (path.suffix,))
    )


def _any(dice: Random, library: Path, *endings: str) -> Path:
    return dice.choice(_files(library, *endings))


def _text(dice: Random, library: Path) -> Path:
    return _any(dice, library, ".yaml", ".md")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _replace_a_value(dice: Random, library: Path, written: str) -> None:
    """Write `written` in the place of one value of one file."""
    path = _text(dice, library)
    text = _read(path)
    if found := list(VALUE.finditer(text)):
        chosen = dice.choice(found)
        path.write_text(text[: chosen.start()] + written + text[chosen.end() :], encoding="utf-8")


def _say(dice: Random, library: Path, text: str) -> None:
    """Put `text` where the learner reads it: on a page, or into a value."""
    if dice.random() < 0.5:
        with _any(dice, library, ".md").open("a", encoding="utf-8") as file:
            file.write("\n\n" + text + "\n")
    else:
        _replace_a_value(dice, library, json.dumps(text, ensure_ascii=False))


def broken_bytes(dice: Random, library: Path) -> None:
    path = _text(dice, library)
    data = bytearray(path.read_bytes())
    for _ in range(dice.choice((1, 1, 2, 20))):
        at = dice.randrange(len(data))
        data[at : at + dice.choice((0, 1, 1, 9))] = dice.choice(
            (
                b"",
                bytes([dice.randrange(256)]),
                dice.choice((b": ", b"- ", b"\n", b"'", b'"', b"{", b"]", b"#", b"\t")),
            )
        )
    path.write_bytes(data)


def broken_lines(dice: Random, library: Path) -> None:
    path = _text(dice, library)
    lines = _read(path).split("\n")
    for _ in range(dice.choice((1, 1, 3))):
        one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(4):
            case 0 if len(lines) > 1:
                del lines[one]
            case 1:
                lines.insert(other, lines[one])
            case 2:
                lines[one], lines[other] = lines[other], lines[one]
            case _:
                lines[one] = dice.choice(("  ", "\t", " ")) + lines[one]
    path.write_text("\n".join(lines), encoding="utf-8")


def anchors_and_tags(dice: Random, library: Path) -> None:
    laughs = ["a0: &a0 [ha, ha]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    whole = ("\n".join(laughs), "base: &b {id: x}\nother:\n  <<: *b\n", "a: &a [*a]", "<<: [{id: x}, {id: y}]")
    tags = ("!!python/object/apply:os.system [ls]", "!!binary aGk=", "!!set {a, b}", "!" + "x" * 50_000, "!!int 3")
    if dice.random() < 0.5:
        path = _text(dice, library)
        text = dice.choice(whole)
        path.write_text(dice.choice((text + "\n" + _read(path), text)), encoding="utf-8")
    else:
        _replace_a_value(dice, library, dice.choice((*tags, "&x y", "*x", "&x [*x]", "%YAML 9.9", "{<<: {a: b}}")))


def deep_nesting(dice: Random, library: Path) -> None:
    depth = dice.choice((5, 11, 12, 13, 200, 10_000, 100_000))
    flow = dice.choice(("[" * depth + "]" * depth, "[" * depth, "{a: " * depth + "}" * depth, "{? " * depth))
    levels = min(depth, 1_200)
    block = dice.choice(("- " * depth + "x", "? " * depth, "\n".join(" " * n + "a:" for n in range(levels))))
    if dice.random() < 0.5:
        _replace_a_value(dice, library, flow)
    else:
        _text(dice, library).write_text(dice.choice((flow, block, "# T\n\n```single\n" + block + "\n```\n")))


def huge_scalars(dice: Random, library: Path) -> None:
    size = dice.choice((300, 1_025, 70_000, ROOM, LARGEST_TEXT, 3 * LARGEST_TEXT))
    word = (dice.choice("aA0-_.{é😀 ") * size).strip()
    written = dice.choice(
        (word, f'"{word}"', f"'{word}'", "|\n" + f"   {word[:70]}\n" * (size // 80), f"? {word}\n: x")
    )
    if dice.random() < 0.8:
        _replace_a_value(dice, library, written)
    else:
        with _text(dice, library).open("a", encoding="utf-8") as file:
            file.write(f"\n? {written}\n: x\n? {written}\n: y\n")


def duplicate_keys(dice: Random, library: Path) -> None:
    path = _text(dice, library)
    text = _read(path)
    keys = list(re.finditer(r"^ *(?:- )?(\w+): .*$", text, re.MULTILINE))
    key = dice.choice(keys or list(re.finditer(r"\A", text)))
    line = re.sub("- ", "  ", key[0])[:1_000] or "id: a\nid: a"
    path.write_text(
        text[: key.end()] + f"\n{line}" * dice.choice((1, 2, 5_000)) + text[key.end() :], encoding="utf-8"
    )


def bad_encodings(dice: Random, library: Path) -> None:
    path = _text(dice, library)
    data = path.read_bytes()
    signs = (
        b"\xff",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\0",
        b"\x1b[31m",
        b"\x7f",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\x0c",
    )
    at = dice.randrange(len(data))
    match dice.randrange(5):
        case 0:
            data = data.decode().encode(dice.choice(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "utf-7")))
        case 1:
            data = b"\xef\xbb\xbf" * dice.choice((1, 2)) + data
        case 2:
            data = data[:at] + dice.choice((*signs, b"\xef\xbb\xbf", "\u202e\u200b".encode())) + data[at:]
        case 3:
            data = data.replace(b"\n", dice.choice((b"\r", b"\r\n", b"\n\r", b"\r\r\n", b"\xc2\x85")))
        case _:
            escapes = ('"\\ud800"', '"\\udfff\\ud800"', '"\\0"', '"\\U00110000"', '"\\xff"', '"\\uFEFF"', '"\\e[31m"')
            return _replace_a_value(dice, library, dice.choice(escapes))
    path.write_bytes(data)
    return None


def cycles(dice: Random, library: Path) -> None:
    module = library / MODULE / "module.yaml"
    story = library / MODULE / "scenarios" / "the-story.yaml"
    old = library / "recommendations" / "test-a1.yaml"
    terms = "".join(f"  - {{id: t{n}, term: t{n}, short: x, see_also: [t{(n + 1) % 9}, t{n}]}}\n" for n in range(9))
    for path, text in dice.sample(
        [
            (library / "glossary.yaml", _read(library / "glossary.yaml") + terms),
            (module, _read(module) + f"prerequisites: [{MODULE}, {MODULE}]\nrelated: [{MODULE}]\n"),
            (module, _read(module) + "prerequisites: [nobody]\n"),
            (old, _read(old) + "supersedes: test-a1\n"),
            (story, _read(story).replace("next: good-end", f"next: {dice.choice(('start', 'call', 'x', '[call]'))}")),
            (story, _read(story).replace("next: call", f"next: {dice.choice(('start', 'good-end', '~'))}")),
        ],
        dice.choice((1, 2, 5)),
    ):
        path.write_text(text, encoding="utf-8")


WRONG = re.split(
    r" \| ",
    "[a, b] | {a: b} | [] | {} | [[]] | {a: {b: [c]}} | ~ | null | '' | ' ' | true | No | 0 | -1 | -0 | 1e999 | "
    "-1e999 | 0x7f | 1_000 | .nan | -.inf | 1.5 | ٣ | 2026-02-30 | 0000-00-00 | 99999-01-01 | "
    "2026-01-01T00:00:00Z | 12:30:45 | 9999999999999999 | 1e400 | [~] | [1, [2], {3: 4}] | {~: ~} | "
    "{1: 2} | [{}] | [{id: x}] | {id: [x]} | x",
)
ENORMOUS = ("1" + "0" * 5_000, "-1" + "0" * 5_000, "en-" + "ab-" * 99 + "ab")


FIELDS = re.split(
    " ",
    "language cpd_minutes reviewed_on reviewers sources prerequisites safety assessment todo_before_release related",
)  # that the small library leaves out


def wrong_types(dice: Random, library: Path) -> None:
    if dice.random() < 0.2:
        with (library / MODULE / "module.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\n{dice.choice(FIELDS)}: {dice.choice((*WRONG, *ENORMOUS))}\n")
    for _ in range(dice.choice((1, 1, 2, 10))):
        _replace_a_value(dice, library, dice.choice((*WRONG, *ENORMOUS)))


def missing_and_swapped_files(dice: Random, library: Path) -> None:
    one, other = _any(dice, library), _any(dice, library)
    match dice.randrange(6):
        case 0:
            one.unlink()
        case 1:
            content = one.read_bytes()
            one.write_bytes(other.read_bytes())
            other.write_bytes(content)
        case 2:
            one.unlink()
            one.mkdir()
        case 3:
            one.write_bytes(dice.choice((b"", b"\n", b"~", b"---\n...\n", b"[]", b"x", b"{}", b"---\n---\n")))
        case 4:
            (library / MODULE).rename(library / dice.choice(("other", "providers2", "Ä", "every-block.x")))
        case _:
            one.rename(one.with_suffix(dice.choice((".yml", ".YAML", ".md", ".png", ".svg", ""))))


def links(dice: Random, library: Path) -> None:
    outside = library.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "module.yaml").write_text("id: outside\n")
    path = dice.choice((_any(dice, library), _any(dice, library).parent, library / "more", library / MODULE / "more"))
    there = (
        outside,
        outside / "module.yaml",
        library,
        library / MODULE,
        path,
        Path("nowhere"),
        Path("..", "..", ".."),
    )
    devices = ("/dev/zero", "/dev/urandom", "/dev/stdin", "/etc/passwd", "/proc/self/mem", "/", "/proc/self/fd/0")
    if path == library:
        return
    if path.exists():
        path.rename(library.parent / "moved-away")
    path.symlink_to(dice.choice((*there, *map(Path, devices))))


def special_files(dice: Random, library: Path) -> None:
    path = dice.choice(
        (_any(dice, library), library / "providers" / "more.yaml", library / MODULE / "media" / "dot.png")
    )
    path.unlink(missing_ok=True)
    if dice.random() < 0.3 and os.geteuid() == 0:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero
    else:
        os.mkfifo(path)


def long_files(dice: Random, library: Path) -> None:
    lines = (
        *("x" * 10_000_000, "a\n" * 1_000_000, "\n" * ROOM, " " * ROOM, "- \n" * (ROOM // 3), "#\n" * (ROOM // 2)),
        *(
            "- a\n" * (ROOM // 4),
            "[" + "a," * (ROOM // 2 - 5) + "a]",
            "a: [" + "{}," * (ROOM // 4) + "{}]",
            "x " * (ROOM // 2),
        ),
        "{" + ",".join(f"k{n}" for n in range(ROOM // 8)) + "}",
    )
    path = _text(dice, library)
    text = dice.choice(lines)
    path.write_text(dice.choice((text, _read(path) + "\n" + text, "# T\n\n```single\n" + text + "\n```\n")))


def _many(unit: str, size: int = ROOM - 20_000) -> str:
    """`unit` as often as it fits, numbered where it says %d."""
    length = len(unit) + (4 if "%d" in unit else 0)
    return "".join(unit % n if "%d" in unit else unit for n in range(size // length))


def many_values(dice: Random, library: Path) -> None:
    """Thousands of keys, of items, of blocks and of mistakes."""
    files = {
        "glossary.yaml": ("  - {id: t%d, term: t, short: s}\n", "  - {id: t, term: t, short: s, see_also: [x]}\n"),
        "contacts.yaml": ("  - {}\n", "  - {id: c%d, name: x, for_whom: x, hours: x, jurisdictions: [wales]}\n"),
        "library.yaml": ("k%d: x\n", "help: [" + "emergency, " * 30_000 + "]\n"),
        f"{MODULE}/module.yaml": ("k%d: x\n", "related: [" + _many("m%d, ") + "]\n", "pages2: " + "x" * 900_000),
        f"{MODULE}/pages/start.md": (
            *(
                "```key_messages\n```\n",
                "```x%d\n```\n",
                "```card\nuse: help-card\n```\n",
                "```card\nuse: c%d\n```\n",
            ),
            *("```figure\nsrc: f%d.png\nalt: x\n```\n", "<b>\n", "# T\n", " ```\n", "{local:s%d} ", "{contact:c%d} "),
            *(
                "[x](y)",
                "{contact: x}",
                "{x:y}",
                "![",
                "```reflection\nid: r%d\nprompt: x\n```\n",
                "```\n````\n",
                "```\n",
            ),
        ),
    }
    if dice.random() < 0.25:
        path, unit = f"{MODULE}/module.yaml", dice.choice(("start, ", "p%d, ", "[], ", "a b, "))
        changed = _read(library / path).replace("pages: [", "pages: [" + _many(unit))
        (library / path).write_text(changed)
        return
    path = dice.choice(sorted(files))
    with (library / path).open("a", encoding="utf-8") as file:
        file.write("\n" + _many(dice.choice(files[path]), dice.choice((5_000, 100_000, ROOM - 20_000))))


def long_runs_for_patterns(dice: Random, library: Path) -> None:
    """What makes a careless regular expression go back and forth."""
    units = (
        *(
            "{local:",
            "{ local",
            "{contact:a",
            "{local:a}",
            "{" + " " * 99,
            "[",
            "](",
            "[a](",
            "](<",
            "[\n",
            "[a]:",
            "\n[a",
            "<",
        ),
        *(
            "<a ",
            "<!--",
            "`",
            "``",
            "**",
            "*a",
            "_",
            "_a_",
            "1 ",
            "1",
            "+1",
            " ",
            "(",
            "![",
            "\\",
            "&amp;",
            "|",
            "-",
            "#",
            "~",
        ),
        *(
            "https://",
            "mailto:",
            "{local:office_phone",
            "\n   [x",
            "a" * 50 + "-",
            "<https://",
            "x\u0301",
            "ß",
            "\n" + " " * 9,
        ),
    )
    unit = dice.choice(units)
    run = unit * (dice.choice((1_000, 100_000, ROOM)) // len(unit))
    _say(dice, library, run + dice.choice(("", "x", "}", "]", ")", "\n", "#", ">")))


def markdown_bombs(dice: Random, library: Path) -> None:
    size = dice.choice((100, 5_000, 50_000))
    bombs = (
        *(">" * size + " x", "> " * size, "- " * size + "x", "1. " * size, "[" * size + "]" * size, "*" * size + "a"),
        *(
            "\n".join(" " * min(n, 500) + "- x" for n in range(min(size, 1_500))),
            "[a](" * size,
            "![" * size + "](" * size,
        ),
        *(
            "**a *b " * size,
            "`" * size + "a",
            "| " * size + "\n" + "|-" * size,
            "[a]: b\n" * size,
            "<" * size,
            "&#0;" * size,
        ),
    )
    _say(dice, library, dice.choice(bombs))


def fences(dice: Random, library: Path) -> None:
    path = _any(dice, library, ".md")
    text = _read(path)
    kind = dice.choice(
        ("single", "card", "prose", "x" * 9_000, "single {.a #b}", "```", "é\u202e", "deck extra", "  ", "use")
    )
    inside = dice.choice(
        ("", "use: ../../../etc/passwd", "use: [a]", "use: ~", "use: " + "x" * 90_000, "```single\nid: x\n```")
    )
    end = dice.choice(("```", "", "````", "~~~", " ```", "``` x"))
    fence = dice.choice(("```", "~~~", "````", "`" * 10_000)) + f"{kind}\n{inside}\n{end}\n"
    lines = text.split("\n")
    lines.insert(dice.randrange(len(lines)), fence)
    path.write_text("\n".join(lines), encoding="utf-8")


def _png(width: int, height: int, depth: int = 8, colour: int = 2, rows: int | None = None) -> bytes:
    """A PNG of one colour, packed small; with fewer `rows` it ends too soon."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = bytes(1 + (width * depth * samples + 7) // 8)
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    header = chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([depth, colour, 0, 0, 0]))
    palette = chunk(b"PLTE", bytes(6)) if colour == 3 else b""
    return b"\x89PNG\r\n\x1a\n" + header + palette + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _noise(dice: Random, width: int, height: int, kind: str, mode: str = "RGB") -> bytes:
    small = Image.frombytes(mode, (64, 64), dice.randbytes(64 * 64 * len(mode)))
    out = io.BytesIO()
    small.resize((width, height)).save(out, kind)
    return out.getvalue()


def _drawing(dice: Random) -> str:
    size = dice.choice((10, 10_000, 300_000, 3_000_000))
    sizes = (
        *("width='1e999'", f"width='{'9' * 5_000}' height='1'", f"viewBox='0 0 {'9' * 400} 1'", "viewBox='0 0 -1 0'"),
        *(
            f"width='1{' ' * size}x' height='1'",
            f"width='{'1' * size}x' height='1'",
            "width='0' height='0'",
            "viewBox=''",
        ),
    )
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    insides = (
        *(
            "<g>" * size + "</g>" * size,
            "<g/>" * (size // 4),
            "<x:y xmlns:x='u'/>t" * (size // 20),
            "<script>x()</script>" * 99,
        ),
        *(
            "<g onload='x()' style='fill:url(" + " " * size + "#a)'/>",
            "<style>@import 'x';</style>",
            "<text>" + "x" * size,
        ),
        *(
            "<style>" + "url(" * (size // 4) + "</style>",
            "<!--" + "x" * size + "-->",
            "<image href='data:" + "A" * size + "'/>",
        ),
        *(
            "<g " + " ".join(f"a{n}='x'" for n in range(size // 10)) + "/>",
            "<text>&e29;</text>",
            "<?php x ?>",
            "\0",
            "&#x0;",
        ),
        "".join(f"<a{n}:b xmlns:a{n}='u{n}'/>" for n in range(size // 30)),
    )
    head = dice.choice(
        ("", "", f'<!DOCTYPE svg [<!ENTITY e0 "ha">{laughs}]>', '<!DOCTYPE svg SYSTEM "file:///dev/zero">')
    )
    return head + SVG.format(dice.choice((*sizes, "", "")), dice.choice(insides))


def hostile_pictures(dice: Random, library: Path) -> None:
    png = library / MODULE / "media" / "dot.png"
    whole = _noise(dice, 300, 200, "PNG")
    match dice.randrange(6):
        case 0:
            png.write_bytes(whole[: dice.randrange(len(whole))])
        case 1:
            side = dice.choice((3_000, 5_000, 7_000, 7_071, 8_000, 60_000))
            colour = dice.choice((0, 2, 3, 4, 6))
            png.write_bytes(
                _png(side, side, dice.choice((8, 16) if colour != 3 else (1, 8)), colour, rows=min(side, 8_000))
            )
        case 2:
            sides = dice.choice(((1, 9_000), (1_400, 30_000), (50_000, 900), (2**31 - 1, 1), (0, 0), (800, 60_000)))
            png.write_bytes(_png(sides[0], sides[1], depth=1, colour=0, rows=min(sides[1], 60_000)))
        case 3:
            spoiled = bytearray(whole)
            for _ in range(9):
                spoiled[dice.randrange(8, len(spoiled))] = dice.randrange(256)
            png.write_bytes(spoiled)
        case 4:
            kind, mode = dice.choice((("JPEG", "RGB"), ("JPEG", "L"), ("WEBP", "RGB"), ("PNG", "RGBA"), ("PNG", "L")))
            sizes = ((2_000, 3_000), (3_160, 3_160), (9, 9_000), (8_000, 6_000) if mode == "L" else (1_400, 3_200))
            _use(library, "x." + kind.lower(), _noise(dice, *dice.choice(sizes), kind, mode))
        case _:
            _use(library, "x.svg", _drawing(dice).encode("utf-8", "replace"))


def _use(library: Path, name: str, data: bytes, old: str = "dot.png") -> None:
    """A file of media with the name and the bytes, in the place of the old one."""
    (library / MODULE / "media" / name).write_bytes(data)
    for path in _files(library / MODULE, ".md", ".yaml"):
        path.write_text(_read(path).replace(old, name), encoding="utf-8")


def hostile_media(dice: Random, library: Path) -> None:
    old = dice.choice(("tone.mp3", "film.webm", "film.vtt"))
    size = dice.choice((0, 5, 100_000, 5_000_000))
    names = (
        "a" * 96 + old[-5:],
        "A.MP3",
        "a.vtt",
        "a.mp3",
        "a.mp4",
        "a/../b.mp3",
        "-rf.mp3",
        "CON.mp3",
        "x.mp3.exe",
        "x",
    )
    starts = (
        b"",
        b"ID3",
        b"\xff\xfb",
        b"WEBVTT\n",
        b"WEBVTT\n\n00:00 --> 00:01\n",
        b"\x1a\x45\xdf\xa3",
        b"1234ftyp",
        b"\0",
    )
    data = dice.choice(starts) + dice.choice((b"\0", b"-->", b"\xff", b"\n")) * size
    name = dice.choice((old, old, *names))
    (library / MODULE / "media" / "a").mkdir(exist_ok=True)
    _use(library, name, data, old)


NAMES = re.split(
    r" \| ",
    "HELP-CARD | Help-Card | help-card. | help-card  | .. | ... | a\nb | a\x1b[31mb | \u202egnp | straße | ﬁ | İ | "
    "é | e\u0301 | con | - | --help | {x} | %s%n | $(ls) | ` | a\\b | * | [a-z] | ~ | \udcff | x.yaml",
)


def tricky_names(dice: Random, library: Path) -> None:
    path = _text(dice, library)
    name = dice.choice((*NAMES, "a" * 240))
    if dice.random() < 0.6:
        try:
            path.rename(path.with_name(name + path.suffix))
        except UnicodeEncodeError:
            path.rename(os.fsdecode(os.fsencode(path.parent) + b"/\xff" + os.fsencode(path.suffix)))
    elif dice.random() < 0.5:
        (library / MODULE).rename(library / name.replace("\udcff", "\\"))
    else:
        _replace_a_value(dice, library, json.dumps(name.replace("\udcff", "\ufffd"), ensure_ascii=False))


def forbidden_files(dice: Random, library: Path) -> None:
    """Files and folders that may not be read; nothing is forbidden to root."""
    path = _any(dice, library)
    dice.choice((path, path.parent)).chmod(dice.choice((0o000, 0o200, 0o400, 0o100)))


# After one of these no other: it would wait for a pipe, or write to where a link leads.
LAST: list[Mutator] = [links, special_files, forbidden_files]
MUTATORS: list[Mutator] = [
    *(
        broken_bytes,
        broken_lines,
        anchors_and_tags,
        deep_nesting,
        huge_scalars,
        duplicate_keys,
        bad_encodings,
        cycles,
    ),
    *(wrong_types, wrong_types, missing_and_swapped_files, long_files, many_values, long_runs_for_patterns),
    *(markdown_bombs, fences, hostile_pictures, hostile_media, tricky_names, *LAST),
]
