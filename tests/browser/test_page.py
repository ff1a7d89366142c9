"""What a learner sees and hears: axe, small screens, large text, no scripts, no requests to elsewhere."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import records
import test_tracking
from learner import Learner
from lms.client import ask
from paths import EVERY_BLOCK, NODE_MODULES, SAMPLE
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, ViewportSize, expect
from scorm import PHONE, Launcher, Platform
from stamps import plain

from scormpack.batch import Built
from scormpack.blocks import KINDS
from scormpack.content.load import load_library, load_module
from scormpack.course.resolve import resolve
from scormpack.lms.scorm import serve
from scormpack.package import read_zip
from scormpack.render import render
from scormpack.render.brand import brand_css, contrast
from scormpack.render.bundles import bundle
from scormpack.targets import TARGETS

AXE = (NODE_MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")
# Of what passes the number is enough: to write it all out would take longer than to look.
# Pages that are not shown have nothing to find, and would take longer than the one that is: axe reads every element
# before it leaves out what it is told to. So it finds them empty, and walks past them.
# A target half under the bar at the edge comes out by scrolling; axe takes it for a small one, so the edges give way.
RUN_AXE = """async only => {
  const away = [...document.querySelectorAll('main > .page[hidden]')];
  for (const page of away) Object.defineProperty(page, 'childNodes', {value: [], configurable: true});
  const pass = node => away.includes(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  document.createTreeWalker = (root, what) => Document.prototype.createTreeWalker.call(document, root, what, pass);
  const edges = [...document.querySelectorAll('.top, .foot')];
  for (const edge of edges) edge.style.position = 'relative';
  const {passes, violations} = await axe.run(document, {runOnly: only, resultTypes: ['violations']});
  for (const edge of edges) edge.style.position = '';
  for (const page of away) delete page.childNodes;
  delete document.createTreeWalker;
  const problems = violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 120)}`));
  return {passes: passes.length, problems};
}"""
TOO_SMALL = """() => [...document.querySelectorAll('button, summary, .contents a, label:has(input)')]
  .filter(element => element.offsetParent)
  .filter(element => { const box = element.getBoundingClientRect(); return box.height < 44 || box.width < 44 })
  .map(element => element.outerHTML.slice(0, 90))"""
TOO_WIDE = """() => {
  const width = document.documentElement.scrollWidth;
  if (width <= 320) return [];
  const beyond = element => element.offsetParent && element.getBoundingClientRect().right > 320;
  const elements = [...document.querySelectorAll('body *')].filter(beyond);
  return [`${width} px`, ...elements.map(element => element.outerHTML.slice(0, 90))];
}"""
TEXT = "text => { document.documentElement.style.fontSize = `${1.125 * text}%` }"
# As the first line of the stylesheet does for the provider whose package it is.
PAINT = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
SMALLEST: ViewportSize = {"width": 320, "height": 640}
FOUND = "selectors => selectors.filter(selector => document.querySelector(selector))"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # what dark can do to a page
WEIGHED = ["scorm12", "scorm2004-4th", "web"]
SAMPLE_MODULES = sorted(file.parent.name for file in SAMPLE.glob("*/module.yaml"))


def need_axe(frame: Frame) -> None:
    """Put axe into the page, unless it is there."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(AXE)


def axe(frame: Frame, only: Sequence[str] | dict[str, Any] = TAGS) -> list[str]:
    """What axe finds on the page as it is shown now."""
    need_axe(frame)
    found = frame.evaluate(RUN_AXE, only)
    assert found["passes"]
    problems: list[str] = found["problems"]
    return problems


def test_axe_reads_the_page_that_is_shown_and_leaves_the_others_whole(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = context.new_page()
    page.goto(f"{url}index.html")
    frame = page.main_frame
    assert axe(frame) == []
    words = page.locator("main").evaluate("main => main.textContent")
    for place, found in (("#questions p", []), ("#start p:visible", ["color-contrast"])):
        frame.locator(place).first.evaluate("words => { words.style.color = '#eee'; }")
        assert [problem.partition(":")[0] for problem in axe(frame, COLOURS)] == found
    frame.evaluate("document.documentElement.removeAttribute('lang')")
    assert [problem.partition(":")[0] for problem in axe(frame)] == ["color-contrast", "html-has-lang"]
    assert page.locator("main").evaluate("main => main.textContent") == words
    assert page.evaluate("document.getElementById('questions').childNodes.length") > 1


def every_page(learner: Learner) -> Iterator[str]:
    """Each screen of the course: as it comes, with a wrong answer, then with the card turned or the task done."""
    frame = learner.frame
    frame.locator(".help summary").click()
    yield "help"
    frame.locator(".help .close").click()
    while learner.here() != "result":
        yield f"{learner.screen()}, untouched"
        tasks = learner.tasks_in_sight()
        learner.wrong = {task for task in tasks if learner.kind(task) != "sp-scenario"}
        for question in learner.wrong:
            learner.do(question)
            yield f"{learner.screen()}, wrong"
        learner.wrong = set()
        for task in tasks:
            learner.do(task)
        if card := frame.locator(".card:visible").count():
            learner.check()
        if card or tasks:
            yield f"{learner.screen()}, done"
        learner.forward()
    learner.sign()  # what is certified is shown when it is saved
    yield "result"
    learner.exit()
    yield "goodbye"


def sheet_of(built: Built) -> str:
    """The stylesheet of a package."""
    (sheet,) = (each.data.decode() for each in read_zip(built.path).entries if each.path.endswith(".css"))
    return sheet


def selectors(css: str) -> set[str]:
    """What the rules of a sheet are for, whatever state it is in."""
    heads = [head for head in re.findall(r"([^{}]+)\{", css) if not head.startswith("@")]
    state = re.compile(r"::?[a-z-]+(\((?:[^()]|\([^()]*\))*\))?")
    return {state.sub("", each) for head in heads for each in re.split(r",(?![^(]*\))", head)}


# What is judged of a screen. To ask takes longer than to look: it is asked once in light, and once in the dark.

LIGHT = f"""async ([only, leftOut]) => {{
  const misfits = [200, 100].flatMap(text => {{
    ({TEXT})(text);
    return [
      ...({TOO_WIDE})().map(each => `too wide at ${{text}} %: ${{each}}`),
      ...({TOO_SMALL})().map(each => `too small at ${{text}} %: ${{each}}`),
    ];
  }});
  const {{passes, problems}} = await ({RUN_AXE})(only);
  return {{passes, problems: [...misfits, ...problems, ...({FOUND})(leftOut)]}};
}}"""
DARK = f"""async only => {{
  const {{passes, problems}} = await ({RUN_AXE})(only);
  ({TEXT})(200);
  return {{passes, problems: problems.map(each => `in the dark: ${{each}}`)}};
}}"""


def judged(page: Page, frame: Frame, left_out: list[str]) -> list[str]:
    """What is wrong with a screen; afterwards its text is twice as large.

    That is what is cut off, needs scrolling sideways or is no target for a thumb, at either size; what axe finds in
    light, and of the colours in the dark; and what the sheet has no rule for.
    """
    light = frame.evaluate(LIGHT, [TAGS, left_out])
    page.emulate_media(color_scheme="dark")
    dark = frame.evaluate(DARK, COLOURS)
    page.emulate_media(color_scheme="light")
    assert light["passes"]
    assert dark["passes"]
    return [*light["problems"], *dark["problems"]]


@pytest.mark.long
@pytest.mark.parametrize("module", ["every-block", *SAMPLE_MODULES])
def test_everybody_can_take_each_module(
    module: str,
    sample: dict[tuple[str, str, str], Built],
    every_block: dict[str, Built],
    platform: Launcher,
) -> None:
    """Each screen of each module, untouched, answered wrongly and done, by mouse or finger.

    On the smallest phone nothing is cut off or needs scrolling sideways, and no target is smaller than 44 px, with
    the text twice as large, too, and the next screen is reached with that; no rule that the sheet leaves out is
    missed; axe finds nothing in light, nor in the dark with the colours of the other provider. All of that is looked
    at in one walk: it hangs on the screen, and not on how often somebody has come to it. At the end the module is
    passed, in SCORM 1.2; `test_each_sample_module_is_passed_by_keyboard` passes it in SCORM 2004.

    The page of a module is the same for every target. What a target does itself hangs on the kinds of blocks and not
    on their words: each is walked to its end, by mouse and by keyboard, with the module that has one of every kind
    (`test_tracking.py`, `test_records.py`; the driver of `web` by mouse, `test_trouble.py`).
    """
    built = every_block["scorm12"] if module == "every-block" else sample[module, "willow-lane", "scorm12"]
    course = platform(built, viewport=SMALLEST, reduced_motion="reduce")
    learner = course.learner(course.launch())
    colour = load_library(SAMPLE).providers["harbour-hands"].brand.colour
    left_out = sorted(selectors(bundle("course.css")) - selectors(sheet_of(built)))
    need_axe(learner.frame)
    learner.frame.evaluate(PAINT, f"@media (prefers-color-scheme: dark) {{{brand_css(colour)}}}")
    found: dict[str, list[str]] = {}
    for where in every_page(learner):
        assert course.page is not None
        found[where] = judged(course.page, learner.frame, left_out)
        if where == "result":
            expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    assert {where: problems for where, problems in found.items() if problems} == {}
    assert len(found) > len(learner.pages())
    assert course.record["cmi.core.lesson_status"] == "passed"
    assert course.check() == []


def test_each_driver_is_walked_with_every_kind_of_block() -> None:
    """So a module needs to be walked with one driver by mouse, and with one by keyboard."""
    walked = {*test_tracking.TARGETS, *records.TARGETS, "web"}
    assert {TARGETS[name].driver for name in walked} == {target.driver for target in TARGETS.values()}
    blocks = {block.type for page in load_module(EVERY_BLOCK / "every-block").pages for block in page.blocks}
    assert blocks == set(KINDS)
    assert {file.parent.name for file in SAMPLE.glob("*/module.yaml")} == {*load_library(SAMPLE).modules}


def test_axe_finds_nothing_where_the_review_is_due(
    changed: Callable[[tuple[str, str, str], str], Platform],
) -> None:
    course = changed(("every-block/module.yaml", "2028-06-30", "2026-06-30"), "scorm12")
    frame = course.launch()
    expect(frame.locator("aside.overdue")).to_have_text(
        "This training was due to be looked at again by 30 June 2026. Ask your manager if it still holds."
    )
    assert axe(frame) == []


def test_axe_finds_nothing_in_the_welcome_back(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"])
    learner = Learner(course.launch())
    learner.next()
    learner.exit()
    frame = course.launch()
    expect(frame.locator(".welcome-back")).to_be_visible()
    assert axe(frame) == []


@pytest.mark.parametrize("module", SAMPLE_MODULES)
def test_each_sample_module_is_passed_by_keyboard(
    module: str, sample: dict[tuple[str, str, str], Built], platform: Launcher
) -> None:
    """With right answers only; by mouse, and after wrong ones, see `test_everybody_can_take_each_module`."""
    course = platform(sample[module, "harbour-hands", "scorm2004-3rd"])
    learner = course.learner(course.launch(), keyboard=True)
    learner.take()
    expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    learner.exit()
    assert course.record["cmi.success_status"] == "passed"
    assert course.check() == []


@pytest.mark.parametrize("target", WEIGHED)
def test_a_page_needs_nothing_from_elsewhere(
    target: str, sample: dict[tuple[str, str, str], Built], browser: Browser
) -> None:
    """PRV-02 in a real browser: every request goes to the platform, and the first page needs few."""
    package = read_zip(sample["may-have-died", "willow-lane", target].path)
    with serve(package) as url, browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        assert asked_for(page, url) == ["course.css", "course.js", "index.html"]
        assert [text for text in refused if "favicon" not in text] == []


def asked_for(page: Page, url: str) -> list[str]:
    """What the first screen of a course asks for, without the stamps in the names."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(plain(request.url.removeprefix(f"{url}course/"))))
    page.goto(f"{url}course/index.html", wait_until="networkidle")
    return sorted(asked)


@pytest.mark.parametrize("module", SAMPLE_MODULES)
def test_a_module_is_light(module: str, sample: dict[tuple[str, str, str], Built], browser: Browser) -> None:
    """A package has at most 150 kB. Its first screen is shown after at most 45 kB, compressed, and answers after 57.

    That takes three requests at most, and nobody waits for the script to see it, as the next test says. What the
    first screen asks for is the same for every target, as the test above says. So it is seen once for each module,
    and weighed in every package.
    """
    packages = {target: sample[module, "willow-lane", target].path for target in WEIGHED}
    with serve(read_zip(packages["scorm12"])) as url, browser.new_context(viewport=PHONE) as context:
        asked = asked_for(context.new_page(), url)
    assert len(asked) <= 3
    for target, path in packages.items():
        assert path.stat().st_size <= 150_000
        assert weight(path, asked) <= 57_000, target
        assert weight(path, [name for name in asked if name != "course.js"]) <= 45_000, target


@pytest.mark.parametrize("module", ["leading-the-team", "may-have-died"])
def test_the_first_screen_is_shown_while_the_script_is_on_its_way(
    module: str, sample: dict[tuple[str, str, str], Built], browser: Browser
) -> None:
    """Whoever waits on a poor link reads the cover meanwhile, and goes on from there when the script has come."""
    with (
        serve(read_zip(sample[module, "willow-lane", "scorm12"].path)) as url,
        browser.new_context(viewport=PHONE) as context,
    ):
        page = context.new_page()
        waiting: list[Route] = []
        page.route("**/*.js", lambda route: waiting.append(route))
        page.goto(f"{url}course/index.html", wait_until="commit")
        title, cover = page.locator("h1").first, page.locator("main img, main svg").first
        expect(title).to_be_visible()
        expect(cover).to_be_visible()
        assert waiting, "the script has been asked for"
        waiting[0].continue_()
        expect(page.get_by_role("button", name="Begin", exact=True)).to_be_visible()
        expect(title).to_be_in_viewport()
        expect(cover).to_be_in_viewport()


def weight(package: Path, asked: list[str]) -> int:
    """How many bytes a platform sends of these files."""
    files = {plain(entry.path): entry.path for entry in read_zip(package).entries}
    with serve(read_zip(package)) as url:
        said = [ask(f"{url}course/{files[name]}", headers={"Accept-Encoding": "gzip"}) for name in asked]
    assert {answer.status for answer in said} == {200}
    return sum(len(answer.body) for answer in said)


def test_without_scripts_the_course_reads_from_top_to_bottom(
    every_block: dict[str, Built], scriptless: BrowserContext
) -> None:
    with serve(read_zip(every_block["scorm12"].path)) as url:
        page = scriptless.new_page()
        page.goto(f"{url}course/index.html")
        pages = ("Where it starts", "Some questions", "More questions", "A story", "To keep", "The end")
        for heading in (*pages, "Word list", "About this training"):
            expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        expect(page.locator("noscript p")).to_be_visible()
        expect(page.get_by_text("Stop.")).to_be_visible()  # the back of the card
        expect(page.get_by_text("The nurse comes back.")).to_be_visible()  # the end of the story
        expect(page.get_by_role("button", name="Check")).to_have_count(0)
        expect(page.get_by_role("button", name="Print")).to_have_count(0)
        page.get_by_role("group", name="Educators should test what they build.").get_by_label("Partly").check()
        expect(page.get_by_label("Who will do it")).to_be_visible()
        page.locator(".transcript summary").first.click()
        expect(page.get_by_text("I called the office.")).to_be_visible()
        page.get_by_role("link", name="care plan").click()  # without scripts it leads to the list
        expect(page.locator("[id='word.care-plan']")).to_be_in_viewport()
        page.locator("#who-first summary").click()
        expect(page.locator("#who-first details li")).to_have_text("The number in the plan, at once")
        page.locator(".help summary").click()
        expect(page.get_by_role("link", name="999 Emergency services")).to_have_attribute("href", "tel:999")
        expect(page.locator(".help").get_by_role("link", name="01632 960 100")).to_have_attribute(
            "href", "tel:01632960100"
        )


def test_a_private_note_stays_on_the_device(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"])
    learner = course.learner(course.launch())
    learner.go("story")
    learner.find("my-thoughts")
    note = learner.frame.get_by_label("Your own note")
    note.fill("Something private")
    learner.exit()
    again = course.learner(course.launch())
    again.go("story")
    again.find("my-thoughts")
    expect(again.frame.get_by_label("Your own note")).to_have_value("Something private")
    told = [argument for session in course.sessions for call in session for argument in call.arguments]
    assert not [argument for argument in told if "private" in argument]


def test_the_answer_is_explained_to_a_screen_reader(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"])
    learner = course.learner(course.launch(), wrong=["who-first"])
    learner.next()
    learner.find("who-first")
    question, said = learner.element("who-first"), learner.frame.locator(".says")
    learner.frame.locator(".bar .next").press("Enter")
    expect(said).to_have_text("Choose one first.")
    learner.do("who-first")
    expect(said).to_have_role("status")
    expect(said).to_have_text("Not this oneYou are not alone with this.")
    expect(question.locator(":checked")).to_have_accessible_description("✕ Not right You are not alone with this.")
    expect(question.get_by_role("group")).to_have_accessible_name("Question Who do you call first?")
    expect(learner.frame.locator(".bar .next")).to_have_text("Try again")


def test_turning_a_page_moves_the_focus_to_its_heading(every_block: dict[str, Built], platform: Launcher) -> None:
    learner = Learner(platform(every_block["scorm12"]).launch(), keyboard=True)
    learner.next()
    assert learner.frame.evaluate("document.activeElement.textContent") == "Some questions"


# In the dark


@pytest.fixture
def inked(tmp_path: Path) -> Path:
    """The course for tests as a folder, with a picture, a drawing and a logo of dark ink on a clear ground."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    media, page = tmp_path / "lib/every-block/media", tmp_path / "lib/every-block/pages/start.md"
    ink = Image.new("RGBA", (300, 150), (0, 0, 0, 0))
    ImageDraw.Draw(ink).rectangle((100, 0, 200, 150), fill="#111111")
    ink.save(media / "dot.png")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150">'
    drawn = f'{svg}<path d="M100 0h100v150h-100z" fill="#111"/></svg>'
    (media / "drawn.svg").write_text(drawn, encoding="utf-8")
    (tmp_path / "lib/providers/logo.svg").write_text(drawn, encoding="utf-8")
    page.write_text(page.read_text("utf-8") + "\n```figure\nsrc: drawn.svg\nalt: A door\n```\n", encoding="utf-8")
    full = tmp_path / "lib/providers/full.yaml"
    full.write_text(full.read_text("utf-8").replace("brand: {", "brand: {logo: logo.svg, "), encoding="utf-8")
    library = load_library(tmp_path / "lib")
    for entry in render(
        resolve(load_module(tmp_path / "lib/every-block"), library.providers["full"], library)
    ).files():
        file = tmp_path / "course" / entry.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(entry.data)
    return tmp_path / "course/index.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_ink_on_a_clear_ground_is_seen(inked: Path, browser: Browser, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, java_script_enabled=False)
    page = context.new_page()
    page.goto(inked.as_uri())
    pictures = page.locator("#start figure img, .provider img")
    assert pictures.count() == 3
    for picture in pictures.all():
        shown = Image.open(io.BytesIO(picture.screenshot())).convert("RGB")
        row = shown.crop((0, shown.height // 2, shown.width, shown.height // 2 + 1)).resize((9, 1)).tobytes().hex()
        left, middle, right = (f"#{row[at : at + 6]}" for at in (6, 24, 42))
        assert min(contrast(middle, left), contrast(middle, right)) >= 3, picture.get_attribute("src")
    context.close()
