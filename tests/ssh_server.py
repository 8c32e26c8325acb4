"""A real sshd for tests: the machine's own, else Debian's packages, unpacked where nobody else looks for programs.

As an ordinary user and as root alike: the server listens on the loopback alone, with keys and files of its own.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROGRAMS = {
    "sshd": "usr/sbin",
    "ssh": "usr/bin",
    "ssh-keygen": "usr/bin",
    "scp": "usr/bin",
    "sftp": "usr/bin",
}
_PACKAGES = ("openssh-server", "openssh-client", "openssh-sftp-server")
_SFTP_SERVER = "usr/lib/openssh/sftp-server"

PATIENCE = 30
"""Seconds after which a server that has not begun never will."""


@dataclass(frozen=True)
class OpenSsh:
    """Where the programs are, and what they need in their environment."""

    root: Path
    environment: Mapping[str, str]

    def program(self, name: str) -> str:
        """The path of a program; sshd wants to be named whole."""
        return str(self.root / _PROGRAMS[name] / name)

    @property
    def parts(self) -> str:
        """Where sshd of OpenSSH 9.8 and later finds its own parts, for its configuration; the machine's knows it."""
        library = self.root / "usr/lib/openssh"
        found = {"SshdSessionPath": library / "sshd-session", "SshdAuthPath": library / "sshd-auth"}
        return "\n".join(f"{name} {path}" for name, path in found.items() if path.exists())

    @property
    def sftp_server(self) -> str:
        """What serves sftp where nothing forbids it."""
        return str(self.root / _SFTP_SERVER)


def open_ssh() -> OpenSsh:
    """The programs: those of the machine where all of them are there, else fetched once."""
    machine = OpenSsh(Path("/"), dict(os.environ))
    if all(os.access(machine.program(name), os.X_OK) for name in _PROGRAMS) and os.access(
        machine.sftp_server, os.X_OK
    ):
        return machine
    return _fetched()


def _fetched() -> OpenSsh:
    """Debian's packages and the libraries that they need, from the machine's own archive, in a folder that stays."""
    place = Path(tempfile.gettempdir()) / f"leadtui-tests-openssh-{os.getuid()}"
    done = place / "done"
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        lists, cache, debs = (place / each for each in ("lists", "cache", "debs"))
        for each in (lists / "partial", cache / "archives" / "partial", debs):
            each.mkdir(parents=True, mode=0o700)
        options = [
            *("-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={cache}"),
            *("-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=root", "-qq"),
        ]
        subprocess.run(["apt-get", *options, "update"], check=True)
        asked = ["apt-cache", *options, "depends", "--recurse", "--no-recommends", "--no-suggests"]
        asked += ["--no-conflicts", "--no-breaks", "--no-replaces", "--no-enhances", *_PACKAGES]
        listed = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        named = {line.strip() for line in listed.splitlines() if line and not line.startswith((" ", "<"))}
        # The C library is the machine's: another one of it would not go with its loader.
        wanted = {each for each in named if each.startswith("lib") and not each.startswith("libc6")}
        subprocess.run(["apt-get", *options, "download", *_PACKAGES, *sorted(wanted)], check=True, cwd=debs)
        for each in sorted(debs.glob("*.deb")):
            subprocess.run(["dpkg", "-x", str(each), str(place / "root")], check=True)
        done.touch()
    root = place / "root"
    libraries = sorted({str(each.parent) for each in root.rglob("*.so.*")})
    return OpenSsh(root, {**os.environ, "LD_LIBRARY_PATH": ":".join(libraries)})


@dataclass(frozen=True)
class SshServer:
    """A server that runs, and a key that it knows."""

    programs: OpenSsh
    folder: Path
    port: int

    @property
    def options(self) -> list[str]:
        """What every client is told: the key, and to believe this host."""
        said = ("BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")
        said = (*said, "IdentitiesOnly=yes", "ControlMaster=no", f"IdentityFile={self.folder / 'key'}")
        return ["-F", "/dev/null", *(word for each in said for word in ("-o", each))]

    @property
    def who(self) -> str:
        """The account on the server: that under which the test runs."""
        return f"{pwd.getpwuid(os.getuid()).pw_name}@127.0.0.1"

    def command(self, *options: str, asked: Sequence[str] = ()) -> list[str]:
        """ssh with these options before the host, and what is asked of it."""
        return [self.programs.program("ssh"), *self.options, "-p", str(self.port), *options, self.who, *asked]

    def ask(self, *options: str, asked: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """Ask something of it, without a terminal."""
        return self.run(self.command(*options, asked=asked))

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a client to its end."""
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            env=dict(self.programs.environment),
        )


@contextmanager
def ssh_server(folder: Path, beside_key: str) -> Generator[SshServer]:
    """A server whose only key has `beside_key` before it in `authorized_keys`. It takes whatever environment it is sent."""
    programs, port = open_ssh(), _free_port()
    folder.mkdir(mode=0o700)
    for name in ("key", "host"):
        keygen = [programs.program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(keygen, check=True, env=dict(programs.environment))
    keys = folder / "authorized_keys"
    keys.write_text(f"{beside_key} {(folder / 'key.pub').read_text()}")
    keys.chmod(0o600)
    config = folder / "sshd_config"
    config.write_text(
        f"""
        Port {port}
        ListenAddress 127.0.0.1
        HostKey {folder / "host"}
        PidFile none
        AuthorizedKeysFile {keys}
        StrictModes no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin forced-commands-only
        PermitUserEnvironment no
        UsePAM no
        X11Forwarding yes
        AllowAgentForwarding yes
        AllowTcpForwarding yes
        PermitTunnel no
        AcceptEnv *
        Subsystem sftp {programs.sftp_server}
        {programs.parts}
        """
    )
    if os.getuid() == 0:
        _make_room_for_root()
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [programs.program("sshd"), "-D", "-e", "-f", str(config)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=dict(programs.environment),
    )
    try:
        _wait_for(port, server, folder / "log")
        yield SshServer(programs, folder, port)
    finally:
        server.terminate()
        server.wait()
        log.close()


def _make_room_for_root() -> None:
    """What Debian's package does as it is installed: the account that sshd becomes until somebody has signed in, its folder."""
    try:
        pwd.getpwnam("sshd")
    except KeyError:
        account = ["useradd", "--system", "--no-create-home", "--home-dir", "/run/sshd"]
        subprocess.run([*account, "--shell", "/usr/sbin/nologin", "sshd"], check=True)
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, f"sshd ended:\n{log.read_text()}"
        with socket.socket() as tried:
            tried.settimeout(1)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # another process begins to listen: nothing tells of it
    raise AssertionError(f"sshd does not listen:\n{log.read_text()}")
