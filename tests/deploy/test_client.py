"""The calls to Moodle: what they send, what they take for an answer, and what is said where there is none."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import logging
import pickle
import ssl
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from scormpack.deploy import http
from scormpack.deploy.http import CallError, address
from scormpack.deploy.moodle.client import Course, Moodle, RefusedError, course
from scormpack.deploy.token import Token
from scormpack.diagnostics import ContentError, Diagnostic

from .moodle_service import LOADER, NOBODY, NOT_OURS, Site, moodle

HERE = Course(idnumber="HC-2024")


@pytest.fixture
def site() -> Iterator[Site]:
    with moodle() as found:
        yield found


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))


def client(site: Site, token: str = LOADER) -> Moodle:
    return Moodle(address(site.url), Token(token))


def package(version: str = "1.0.0") -> bytes:
    manifest = (
        f'<manifest identifier="your-role" version="{version}">'
        "<metadata><schemaversion>1.2</schemaversion></metadata>"
        "<organizations><organization><title>Your role</title>"
        '<item identifier="i" identifierref="r"/></organization></organizations></manifest>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("imsmanifest.xml"), manifest)  # which has no time of its own
    return made.getvalue()


def refused(error: pytest.ExceptionInfo[ContentError]) -> tuple[str, str]:
    (finding,) = error.value.diagnostics
    return finding.code, finding.message


def put(site: Site, data: bytes, token: str = LOADER, dry_run: bool = False) -> str:
    at = client(site, token)
    draft = at.upload("your-role.zip", data)
    return at.put_package(HERE, "your-role", draft, hashlib.sha256(data).hexdigest(), dry_run=dry_run).action


def test_a_package_is_loaded_and_found_there(site: Site) -> None:
    assert put(site, package(), dry_run=True) == "new"
    assert site.packages("HC-2024") == {}
    assert put(site, package()) == "new"
    assert put(site, package()) == "same"
    assert put(site, package("1.0.1")) == "update"
    (found,) = client(site).get_packages(HERE).packages
    assert (found.package, found.version, found.standard) == ("your-role", "1.0.1", "1.2")


def test_settings_are_sent_as_a_list(site: Site) -> None:
    at, data = client(site), package()
    draft = at.upload("your-role.zip", data)
    at.put_package(HERE, "your-role", draft, hashlib.sha256(data).hexdigest(), settings={"display": "frame"})
    assert site.activity("HC-2024", "your-role").settings["display"] == "frame"


def test_the_token_is_sent_in_the_body_and_nowhere_else(site: Site) -> None:
    put(site, package())
    client(site).get_site(HERE)
    for method, path, headers in site.requests:
        assert method == "POST"
        assert LOADER not in path + str(headers)
        assert headers["User-Agent"].startswith("scormpack/")


def test_how_far_an_upload_is_can_be_told(site: Site) -> None:
    told: list[tuple[int, int]] = []
    client(site).upload("a.zip", bytes(200_000), lambda sent, size: told.append((sent, size)))
    assert told == [(65_536, 200_000), (131_072, 200_000), (196_608, 200_000), (200_000, 200_000)]


WRONG = [
    ("services-off", "DPL-07"),
    ("service-disabled", "DPL-07"),
    ("plugin-missing", "DPL-07"),
    ("maintenance", "DPL-07"),
    ("login-page", "DPL-05"),
    ("redirect", "DPL-04"),
    ("huge-answer", "DPL-05"),
    ("warning-first", "DPL-05"),
    ("other-answer", "DPL-05"),
    ("gateway", "DPL-02"),
    ("cut-answer", "DPL-02"),
]


@pytest.mark.parametrize(("fault", "code"), WRONG)
def test_an_answer_that_is_none_is_told(site: Site, fault: str, code: str) -> None:
    site.fault(fault)
    with pytest.raises(CallError) as error:
        client(site).get_site(HERE)
    assert refused(error)[0] == code
    assert LOADER not in f"{error.value!r} {error.value.diagnostics!r}"


def test_a_redirect_is_told_by_its_host_and_not_followed(site: Site) -> None:
    site.fault("redirect")
    with pytest.raises(CallError) as error:
        client(site).get_site(HERE)
    assert refused(error) == ("DPL-04", "The site sends on to https://elsewhere.example, and nothing was sent there.")
    assert len(site.requests) == 1


@pytest.mark.parametrize(("token", "code"), [("d4" * 16, "DPL-07"), (NOT_OURS, "DPL-07"), (NOBODY, "DPL-08")])
def test_a_token_that_may_not_is_refused_in_moodles_words(site: Site, token: str, code: str) -> None:
    with pytest.raises(RefusedError) as error:
        client(site, token).get_packages(HERE)
    assert refused(error)[0] == code
    assert not error.value.is_open


NO_ROOM = "Cannot create local file pool file. Please verify permissions in dataroot and available disk space."
TOO_LARGE = {
    "disk-full": NO_ROOM,
    "over-limit": "The package is larger than Moodle takes there.",
    "over-php-limit": "The file is larger than the maximum size allowed.",
    "over-post-limit": "The package is larger than PHP takes there: it has dropped all that was sent.",
    "over-proxy-limit": "The package is larger than the web server there takes (HTTP status 413).",
}


@pytest.mark.parametrize("fault", TOO_LARGE)
def test_an_upload_that_is_refused_is_told(site: Site, fault: str) -> None:
    site.fault(fault)
    with pytest.raises(CallError) as error:
        client(site).upload("a.zip", package())
    assert refused(error) == ("DPL-09", TOO_LARGE[fault])
    assert ("upload_max_filesize" in error.value.diagnostics[0].hint) == (fault != "disk-full")


@pytest.mark.parametrize("fault", ["cut-at-upload", "cut-after-upload", "gateway"])
def test_an_upload_is_tried_again(site: Site, fault: str) -> None:
    site.fault(fault, times=2)
    assert put(site, package()) == "new"


@pytest.mark.parametrize("fault", ["cut-before-put", "cut-after-put", "gateway", "cut-answer"])
def test_a_load_is_never_sent_twice(site: Site, fault: str) -> None:
    at, data = client(site), package()
    draft = at.upload("a.zip", data)
    site.fault(fault)
    with pytest.raises(CallError) as error:
        at.put_package(HERE, "your-role", draft, hashlib.sha256(data).hexdigest())
    assert error.value.is_open
    assert len([path for _, path, _ in site.requests if path.endswith("server.php")]) == 1


def test_a_site_that_gives_no_answer_is_not_waited_for_for_ever(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "ANSWERED", 0.2)
    site.fault("slow")
    with pytest.raises(CallError) as error:
        client(site).get_site(HERE)
    assert refused(error) == ("DPL-02", "The site has been asked, and gives no answer.")


def test_a_site_that_is_not_there_is_told() -> None:
    at = Moodle(address("http://127.0.0.1:9"), Token(LOADER))
    with pytest.raises(CallError) as error:
        at.get_site(HERE)
    assert refused(error) == ("DPL-02", "The site cannot be reached.")
    assert not error.value.is_open


def test_a_redirect_is_told_with_its_port_and_without_a_name_in_it() -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(303)
            self.send_header("Location", "https://name:secret@127.0.0.1:8443/login?wantsurl=x")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with served(Elsewhere) as port, pytest.raises(CallError) as error:
        Moodle(address(f"http://127.0.0.1:{port}"), Token(LOADER)).get_site(HERE)
    assert refused(error)[1] == "The site sends on to https://127.0.0.1:8443, and nothing was sent there."


def test_a_site_that_speaks_no_https_is_told(site: Site) -> None:
    with pytest.raises(CallError) as error:
        Moodle(address(site.url.replace("http:", "https:")), Token(LOADER)).get_site(HERE)
    assert refused(error) == ("DPL-02", "It speaks no encrypted HTTP.")
    assert site.requests == []


def test_what_moodle_says_is_shown_as_text_and_without_the_token() -> None:
    class Echo(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = (
                f'{{"exception":"x","errorcode":"y","message":"<p>No &quot;{LOADER}&quot;\\u001b[2J</p>"}}'.encode()
            )
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with served(Echo) as port, pytest.raises(CallError) as error:
        Moodle(address(f"http://127.0.0.1:{port}"), Token(LOADER)).get_site(HERE)
    assert refused(error) == ("DPL-09", 'No "…"\\x1b[2J')


KEYS = st.sampled_from(["exception", "errorcode", "message", "error", "courseid", "course", "packages"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


class Saying(BaseHTTPRequestHandler):
    """Says what it is told to say."""

    protocol_version = "HTTP/1.1"
    answer = b""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def saying() -> Iterator[Moodle]:
    with served(Saying) as port:
        yield Moodle(address(f"http://127.0.0.1:{port}"), Token(LOADER))


@given(JSON)
def test_whatever_is_answered_is_packages_or_a_finding(saying: Moodle, answer: object) -> None:
    Saying.answer = json.dumps(answer).encode()
    with suppress(CallError):
        assert saying.get_packages(HERE).packages == ()


# Addresses, courses, tokens


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://learning.example.org", "https://learning.example.org"),
        (" https://Learning.example.org:8443/moodle/ ", "https://learning.example.org:8443/moodle"),
        ("http://127.0.0.1:8085", "http://127.0.0.1:8085"),
        ("http://[::1]:8085/m", "http://[::1]:8085/m"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_taken(text: str, shown: str) -> None:
    assert str(address(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "http://learning.example.org",
        "http://localhost.example.org",
        "http://127.0.0.1@example.org",
        "learning.example.org",
        "ftp://learning.example.org",
        "https://",
        "https://name:secret@learning.example.org",
        "https://learning.example.org?wstoken=abc",
        "https://learning.example.org/#x",
        "https://learning.example.org:port",
        "https://learning\n.example.org",
        "https://[::1",
        "",
    ],
)
def test_an_address_is_refused(text: str) -> None:
    with pytest.raises(ContentError) as error:
        address(text)
    assert refused(error)[0] == "DPL-01"
    assert "secret" not in str(error.value)


def test_a_course_is_a_number_or_an_id_number() -> None:
    assert course("12") == Course(id=12)
    assert course("HC-2024") == Course(idnumber="HC-2024")
    assert course("idnumber:12") == Course(idnumber="12")
    for wrong in ("", "0", "-\x00", "idnumber:", "99999999999"):
        with pytest.raises(ContentError):
            course(wrong)


def test_a_token_is_never_shown(caplog: pytest.LogCaptureFixture, site: Site) -> None:
    caplog.set_level(logging.DEBUG)
    token = Token(LOADER)
    assert f"{token} {token!r} {[token]}" == "… … […]"
    with pytest.raises(TypeError):
        pickle.dumps(token)
    put(site, package())
    assert "webservice" in caplog.text  # so something was logged
    assert LOADER not in caplog.text


# Certificates


class served:  # noqa: N801  # a context
    def __init__(self, handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext | None = None) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        if context:
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        return self.server.server_address[1]

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def signed_by_itself(folder: Path) -> Path:
    """A certificate for localhost that nobody vouches for, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "own.pem"
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(key.private_bytes(*plain) + made.public_bytes(serialization.Encoding.PEM))
    return file


def asked_over_tls(folder: Path, host: str) -> tuple[Diagnostic, list[str]]:
    asked: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    with served(Ear, context) as port, pytest.raises(CallError) as error:
        Moodle(address(f"https://{host}:{port}"), Token(LOADER)).get_site(HERE)
    return error.value.diagnostics[0], asked


def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    signed_by_itself(tmp_path)
    finding, asked = asked_over_tls(tmp_path, "localhost")
    assert finding.code == "DPL-03"
    assert finding.message == "The certificate of the site is not trusted: self-signed certificate."
    assert asked == []


def test_a_certificate_of_ones_own_is_trusted_where_the_environment_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(signed_by_itself(tmp_path)))
    finding, asked = asked_over_tls(tmp_path, "localhost")
    assert (finding.code, asked) == ("DPL-01", ["/webservice/rest/server.php"])  # it is no Moodle


def test_a_proxy_is_used_for_sites_elsewhere_and_sees_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            seen.append(f"{self.path} {self.headers}")
            self.send_error(403)

        def log_message(self, *_: object) -> None:
            pass

    with served(Proxy) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://us:pass%20word@127.0.0.1:{port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(CallError) as error:
            Moodle(address("https://learning.invalid"), Token(LOADER)).get_site(HERE)
    assert refused(error) == ("DPL-02", "The proxy that this machine uses does not let it through.")
    (request,) = seen
    assert request.startswith("learning.invalid:443 ")
    assert "Basic dXM6cGFzcyB3b3Jk" in request  # us:pass word
    assert LOADER not in request


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://[::1", "http://127.0.0.1:port"])
def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(ContentError) as error:
        Moodle(address("https://learning.invalid"), Token(LOADER))
    assert refused(error) == ("DPL-02", "The proxy of this machine is none that can be used.")


def test_a_site_on_this_machine_needs_no_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert client(site).get_site(HERE).allowed


def test_a_certificate_for_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(signed_by_itself(tmp_path)))
    finding, asked = asked_over_tls(tmp_path, "127.0.0.1")
    assert (finding.code, asked) == ("DPL-03", [])
