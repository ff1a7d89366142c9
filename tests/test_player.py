"""The player's own tests, which are in TypeScript: bundled by the pinned esbuild, run by Node; and what it says."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from paths import NODE_MODULES, ROOT

import hatch_build
from scormpack.render.bundles import bundle, elements_in, player
from scormpack.targets import TARGETS

TESTS = sorted((ROOT / "tests" / "player").glob("*.test.ts"))


def esbuild() -> Path:
    """The program of the version that package.json pins."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]["esbuild"]
    for manifest in NODE_MODULES.glob("@esbuild/*/package.json"):
        if json.loads(manifest.read_text(encoding="utf-8"))["version"] == wanted:
            return manifest.parent / "bin" / "esbuild"
    raise AssertionError(f"esbuild {wanted} is not in {NODE_MODULES}: run `npm ci`")


def test_there_are_tests_of_the_player() -> None:
    assert {"attempt.test.ts", "record_store.test.ts", "state.test.ts", "words.test.ts"} <= {
        file.name for file in TESTS
    }


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name.removesuffix(".test.ts"))
def test_player(tmp_path: Path, file: Path) -> None:
    bundle = tmp_path / f"{file.stem}.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=warning", "--sourcemap=inline"]
    subprocess.run([str(esbuild()), str(file), *options, f"--outfile={bundle}"], cwd=ROOT, check=True)
    node = ["node", "--enable-source-maps", "--test", "--test-reporter=tap", str(bundle)]
    made = subprocess.run(node, capture_output=True, text=True, cwd=ROOT)
    assert made.returncode == 0, made.stdout + made.stderr
    counts = {word: int(number) for word, number in re.findall(r"^# (\w+) (\d+)$", made.stdout, re.MULTILINE)}
    written = len(re.findall(r"^test\(", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert (counts["pass"], counts["fail"], counts["skipped"], counts["todo"]) == (written, 0, 0, 0)


# Parts of the player, of which a page gets those that it needs


def test_a_part_has_what_only_its_elements_share() -> None:
    parts = [{file.relative_to(hatch_build.SOURCE).as_posix() for file in part} for part in hatch_build.parts()]
    assert {"player/pairing.ts", "blocks/match/element.ts", "blocks/sort/element.ts"} in parts
    assert {"blocks/order/element.ts"} in parts
    names = sorted(name for part in parts for name in part)
    assert [name for name in names if name.startswith("blocks/")] == sorted(
        file.relative_to(hatch_build.SOURCE).as_posix() for file in hatch_build.SOURCE.glob("blocks/*/element.ts")
    )
    assert len(names) == len(set(names))
    assert not set(names) & {f"player/{name}.ts" for name in ("main", "notes", "question", "state", "words")}


DEFINED = re.compile(r'customElements\.define\("([^"]+)"')


@pytest.mark.parametrize("driver", sorted({target.driver for target in TARGETS.values()}))
def test_a_page_gets_the_elements_that_it_has(driver: str) -> None:
    everything = player(driver, frozenset(DEFINED.findall(bundle(f"{driver}.js"))))
    assert everything == bundle(f"{driver}.js").replace("/**/", "")
    assert len(DEFINED.findall(everything)) == len(list(hatch_build.SOURCE.glob("blocks/*/element.ts")))
    on_page = elements_in('<sp-order id="a"><p>sp-card, &lt;sp-scenario')
    assert DEFINED.findall(player(driver, on_page)) == ["sp-order"]
    both = ["sp-match", "sp-sort"]  # which are one but for the name
    assert DEFINED.findall(player(driver, frozenset(["sp-match"]))) == both


# Names that are made short when the bundles are made


def test_a_name_is_inner_where_nobody_else_can_mean_it() -> None:
    script = """
    class A{constructor(){this.own=1;this.shared=2;this.saved=3;this.shown=4;this.said=5}async find(){return this.own}
    get first(){return this.first}tell(){this.find();document.shared;send({saved:1});let{shown}=history;a["said"]}}
    """
    assert hatch_build.inner(script) & {"own", "find", "first", "shared", "saved", "shown", "said"} == {
        "own",
        "find",
        "first",
    }


@pytest.mark.parametrize("driver", sorted({target.driver for target in TARGETS.values()}))
def test_what_a_class_has_for_itself_has_a_short_name(driver: str) -> None:
    names = set(hatch_build.inner_names(esbuild(), driver))
    assert {"wayOut", "takeBack", "lookBack"} <= names  # in a class, in an element, in a getter
    assert not names & set(re.findall(r"\w+", bundle(f"{driver}.js")))


# The words that the page carries, found when the bundles are made


def test_the_words_that_a_script_says() -> None:
    script = (
        """a(b?"w.right":'w.not_yet'),c(`w.page_of`,{page:1}),d={x:"w.sign_saved"},e("next",".w.back","aw.exit")"""
    )
    assert hatch_build.said(script) == {"right", "not_yet", "page_of", "sign_saved"}


@pytest.mark.parametrize(("script", "begins"), [("a(`w.sign_${b}`)", "sign_"), ("a(`w.${b}`)", "")])
def test_the_name_of_a_word_is_written_out(script: str, begins: str) -> None:
    with pytest.raises(SystemExit) as refused:
        hatch_build.said(script)
    assert str(refused.value) == f"the player has to write out the name of the word that begins with `w.{begins}`"


def test_no_script_says_a_word_that_english_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build, "BUNDLES", tmp_path)
    with pytest.raises(SystemExit, match=r"^the player says words that en\.json does not have: nxet, sgin$"):
        hatch_build.write_words(['say("w.next")', 'say("w.sgin"), say("w.nxet")'])
    assert list(tmp_path.iterdir()) == []


def test_a_script_has_the_places_of_its_words() -> None:
    script = """a(b?"w.right":'w.next',`w.page_of`);return"w.right"+c("w ","aw.next")"""
    assert hatch_build.numbered(script, ["next", "page_of", "right"]) == """a(b?2:0,1);return 2+c("w ","aw.next")"""


@pytest.mark.parametrize("target", TARGETS)
def test_no_name_of_a_word_is_left_in_a_script(target: str) -> None:
    assert hatch_build.said(bundle(f"{TARGETS[target].driver}.js")) == set()
