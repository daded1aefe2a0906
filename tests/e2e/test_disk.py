"""Where an output cannot be: full and read-only disks, names that are taken, a standard output that takes nothing; and a run that is asked to stop."""
import ctypes, errno, fcntl, pty, resource, select, shutil, signal, subprocess, time
from traced import *

CASE = os.path.join(ROOT, "tests/golden/checks/N4-N9-CLEARTEXT")
SMALL, REGISTER, POLICY = (os.path.join(CASE, n) for n in ("violated.pcap", "register.yaml", "policy.yaml"))
DATA = os.environ["XDG_DATA_HOME"]
AUDIT = ["audit", "-r", SMALL, "--register", REGISTER, "--policy", POLICY, "--facts"]


def listing(d):
    return sorted(os.listdir(d))


def one_line(err, *words):
    return err.count("\n") == 1 and err.startswith("fairwitness: ") and all(w in err for w in words)


s, out, err = plain(AUDIT + ["-o", path("good")], {})
GOOD = tree(path("good"))
FACTS = path("good/facts.ndjson.zst")
ok(s == 0 and verify(path("good"), DATA)[0] == 0, "an output that verifies", err)

# ---- disks of their own ----

libc = ctypes.CDLL(None, use_errno=True)
NEWNS, NEWUSER, PRIVATE, RDONLY, REMOUNT, DETACH = 0x20000, 0x10000000, 0x4c000, 1, 32, 2


def namespace():
    """Why this process cannot have mounts of its own, or None."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEWNS if user == 0 else NEWNS | NEWUSER):
        return "no mount namespace: %s" % os.strerror(ctypes.get_errno())
    if user:
        for name, text in (("setgroups", "deny"), ("uid_map", "0 %d 1" % user), ("gid_map", "0 %d 1" % group)):
            with open("/proc/self/" + name, "w") as f:
                f.write(text)
    if libc.mount(b"none", b"/", None, PRIVATE, None):
        return "no private mounts: %s" % os.strerror(ctypes.get_errno())
    return None


class Disk:
    """A small file system in memory, gone at the end of the block."""

    def __init__(self, options):
        self.d, self.options = path("disk"), options
        os.makedirs(self.d, exist_ok=True)

    def __enter__(self):
        if libc.mount(b"tmpfs", self.d.encode(), b"tmpfs", 0, self.options.encode()):
            raise OSError(ctypes.get_errno(), "tmpfs")
        return self

    def read_only(self):
        if libc.mount(b"tmpfs", self.d.encode(), b"tmpfs", RDONLY | REMOUNT, self.options.encode()):
            raise OSError(ctypes.get_errno(), "remount")

    def __exit__(self, *_):
        libc.umount2(self.d.encode(), DETACH)


def full_disks():
    words = {}
    for size in (0, 8, 16, 32, 48, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 448, 512, 768, 1024):
        wrong = ""
        with Disk("size=%dk" % max(size, 4)) as k:
            s, _, err = plain(AUDIT + ["-o", k.d + "/out"], {})
            if s == 4 and not (one_line(err, k.d + "/out", "No space left on device", "make room there") and not listing(k.d)):
                wrong = "%s %s" % (err, listing(k.d))
            elif s == 0 and (verify(k.d + "/out", DATA)[0] or listing(k.d) != ["out"]):
                wrong = "exit 0, and does not verify"
            elif s not in (0, 4):
                wrong = "exit %d: %s" % (s, err)
        if wrong:
            ok(False, "a disk of %d KiB" % size, wrong)
        words[s] = words.get(s, 0) + 1
    ok(words.get(4, 0) >= 5 and words.get(0, 0) >= 2, "full disks of many sizes: exit 4 with the place and what to do, and nothing is there; or a whole output", words)
    wrong = []
    for size in (128, 192, 256, 320, 384):
        with Disk("size=1m") as k:
            plain(["audit", "-r", CASE + "/unprotected.pcap", "-o", k.d + "/out"], {})
            was = tree(k.d + "/out")
            with open(k.d + "/ballast", "wb") as f:
                try:
                    f.write(b"x" * ((1024 - size) << 10))
                except OSError:
                    pass
            s, _, err = plain(AUDIT + ["-o", k.d + "/out"], {})
            if not (s == 4 and tree(k.d + "/out") == was and listing(k.d) == ["ballast", "out"]) and not (s == 0 and verify(k.d + "/out", DATA)[0] == 0):
                wrong.append("%d KiB left: exit %d, %s %s" % (size, s, err, listing(k.d)))
    ok(not wrong, "a disk that is too full to replace an earlier output: that one is as it was", "\n".join(wrong))
    with Disk("size=8m,nr_inodes=12") as k:
        s, _, err = plain(AUDIT + ["-o", k.d + "/out"], {})
        ok(s == 4 and one_line(err, k.d + "/out", "No space left") and not listing(k.d), "no room for more names: exit 4, nothing is there", "%d %s" % (s, err))
    with Disk("size=64k") as k:
        s, _, err = plain(["judge", FACTS, "-o", k.d + "/out"], {})
        ok(s == 4 and one_line(err, k.d + "/out", "No space left") and not listing(k.d), "judge on a full disk", "%d %s" % (s, err))
    with Disk("size=4k") as k:
        open(k.d + "/ballast", "w").write("x")
        s, _, err = plain(["register", "-r", SMALL, "-o", k.d + "/out"], {})
        ok(s == 4 and one_line(err, k.d + "/out", "No space left") and listing(k.d) == ["ballast"], "register on a full disk", "%d %s" % (s, err))
    with Disk("size=4k") as k:
        open(k.d + "/ballast", "w").write("x")
        s, _, err = plain(AUDIT + ["-o", path("nokeys")], {"XDG_DATA_HOME": k.d + "/data"})
        left = [os.path.join(a, n) for a, _, names in os.walk(k.d + "/data") for n in names]
        ok(s == 4 and one_line(err, k.d + "/data/fairwitness/case.key", "No space left", "--case-key") and not left and not os.path.exists(path("nokeys")),
           "no room for the keys: exit 4, which option names one, and no torn key", "%d %s %s" % (s, err, left))
    with Disk("size=64k") as k, open(sample(), "rb") as f:
        p = subprocess.run([FW, "audit", "-r", "-", "-o", k.d + "/out"], stdin=f, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        err = p.stderr.decode()
        ok(p.returncode == 4 and "No space left" in err and not listing(k.d), "no room for the copy of standard input: exit 4", err)
    with Disk("size=64k") as k, open(sample(), "rb") as f:
        s, _, err = run("audit", "-r", sample(), "-o", path("big"))
        p = subprocess.run([FW, "verify", path("big"), "-r", "-", "--key", DATA + "/fairwitness/log.pub", "--case-key", KEY], stdin=f, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, env=dict(os.environ, TMPDIR=k.d))
        text = p.stdout.decode()
        ok(p.returncode == 0 and re.search(r"re-derived-full +NOT-SHOWN .*No space left", text), "verify without room for its own copy: NOT-SHOWN, the record is not blamed",
           text + p.stderr.decode())


def read_only_disks():
    with Disk("size=1m") as k:
        plain(["audit", "-r", CASE + "/unprotected.pcap", "-o", k.d + "/out"], {})
        was = tree(k.d + "/out")
        k.read_only()
        for args in (AUDIT, ["judge", FACTS], ["register", "-r", SMALL]):
            s, _, err = plain(args + ["-o", k.d + "/new"], {})
            ok(s == 4 and one_line(err, k.d + "/new", "Read-only file system", "where you may write") and listing(k.d) == ["out"], "%s to a read-only disk" % args[0], "%d %s" % (s, err))
        s, _, err = plain(AUDIT + ["-o", k.d + "/out"], {})
        ok(s == 4 and one_line(err, k.d + "/out", "Read-only file system") and tree(k.d + "/out") == was, "an earlier output on a read-only disk", "%d %s" % (s, err))
        s, _, err = plain(AUDIT + ["-o", path("nokeys")], {"XDG_DATA_HOME": k.d + "/data"})
        ok(s == 4 and one_line(err, k.d + "/data/fairwitness/case.key", "Read-only file system", "--case-key") and not os.path.exists(path("nokeys")),
           "a read-only place for the keys", "%d %s" % (s, err))
    with Disk("size=8m") as k:
        for args in (AUDIT, ["judge", FACTS], ["register", "-r", SMALL]):
            s, _, err = plain(args + ["-o", k.d], {})
            ok(s == 2 and one_line(err, k.d, "mounted", "/NAME") and not listing(k.d), "%s to where a disk is mounted: said at the start, and what to name instead" % args[0], "%d %s" % (s, err))


why = namespace()
if why:
    skip("full and read-only disks", why)
else:
    full_disks()
    read_only_disks()

# ---- names that are taken ----

os.mkdir(path("taken"))
os.chdir(path("taken"))
shutil.copytree(path("good"), "earlier")
os.mkdir("captures")
shutil.copy(SMALL, "captures/a.pcap")
shutil.copy(SMALL, "x.pcap")
open("file", "w").write("mine")
os.mkdir("foreign")
open("foreign/notes.txt", "w").write("mine")
os.mkdir("damaged")
open("damaged/report.json", "w").write("{}")
os.mkdir("here")
os.symlink("nowhere", "dangling")
os.symlink("earlier", "link")
was = tree(".")
INSIDE = "earlier/evidence/packets.pcapng"
for status, word, args in (
        (2, "file: is not a directory", AUDIT + ["-o", "file"]), (2, "a link", AUDIT + ["-o", "dangling"]), (2, "a link", AUDIT + ["-o", "link"]),
        (2, "notes.txt", AUDIT + ["-o", "foreign"]), (2, "no report.json of ours", AUDIT + ["-o", "damaged"]), (2, "is not a directory", ["audit", "-r", "x.pcap", "-o", "x.pcap"]),
        (2, "holds " + INSIDE, ["audit", "-r", INSIDE, "-o", "earlier"]), (2, "holds earlier/evidence", ["audit", "-r", "earlier/evidence", "-o", "earlier/"]),
        (2, "holds link/evidence", ["audit", "-r", "link/evidence/packets.pcapng", "-o", "earlier"]),
        (2, "lies in captures", ["audit", "-r", "captures", "-o", "captures/out"]), (2, "lies in captures", ["audit", "-r", "captures", "-o", "captures/a/b/out"]),
        (2, "lies in .", ["audit", "-r", ".", "-o", "out"]), (2, "holds captures", ["audit", "-r", "captures", "-o", "captures"]),
        (2, "by its own name", AUDIT + ["-o", "here/."]), (2, "by its own name", AUDIT + ["-o", "here/.."]), (2, "-o /:", AUDIT + ["-o", "/"]),
        (4, "Not a directory", AUDIT + ["-o", "file/out"]), (4, "File name too long", AUDIT + ["-o", "n" * 255]),
        (2, "holds earlier/facts.ndjson.zst", ["judge", "earlier/facts.ndjson.zst", "-o", "earlier"]), (2, "notes.txt", ["judge", FACTS, "-o", "foreign"]),
        (2, "a link", ["judge", FACTS, "-o", "dangling"]), (4, "Not a directory", ["judge", FACTS, "-o", "file/out"]),
        (2, "notes.txt", ["register", "-r", SMALL, "-o", "foreign"]), (2, "report", ["register", "-r", SMALL, "-o", "earlier"]),
        (2, "is not a directory", ["register", "-r", "x.pcap", "-o", "x.pcap"]), (4, "Not a directory", ["register", "-r", SMALL, "-o", "file/out"])):
    s, out, err = plain(args, {})
    ok(s == status and one_line(err, word, args[-1][:100]) and not out and tree(".") == was, "%s -o %s: exit %d, what is there stays" % (args[0], args[-1][:20], status), "exit %d: %s" % (s, err))
with open(INSIDE, "rb") as f:
    p = subprocess.run([FW, "audit", "-r", "-", "-o", "earlier"], stdin=f, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
ok(p.returncode == 2 and b"holds -" in p.stderr and tree(".") == was, "standard input from an output that would be replaced", p.stderr)
os.chdir("here")
s, _, err = plain(AUDIT + ["-o", "."], {})
ok(s == 2 and one_line(err, "by its own name") and not listing("."), "-o .: exit 2 at the start", err)
os.chdir(TMP)
s, _, err = plain(AUDIT + ["-o", "taken/here"], {})
ok(s == 0 and tree("taken/here") == GOOD, "an empty directory is taken", err)


def limited():
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


p = subprocess.run([FW] + AUDIT + ["-o", path("limited")], preexec_fn=limited, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
ok(p.returncode == 4 and one_line(p.stderr.decode(), path("limited"), "ulimit -f") and not os.path.exists(path("limited")), "a limit on the size of files: exit 4, and which", p.stderr)

# ---- standard streams ----

CONTACT = json.load(open(path("good/report.json")))["contacts"][0]["id"]
PRINTING = [["version"], ["version", "--json"], ["help"], ["--help"], ["checks"], ["checks", "--json"], ["checks", "--markdown"], ["checks", "N3-CLEARTEXT"], ["checks", "--help"], ["coverage"], ["coverage", "--json"], ["coverage", "--markdown"],
            ["coverage", "--help"], ["policy", "check", "--policy", POLICY], ["policy", "check", "--policy", POLICY, "--json"], ["policy", "keys", "--json"], ["policy", "keys"], ["policy", "packs"], ["policy", "packs", "default"], ["policy", "--help"], ["audit", "-r", SMALL], ["audit", "-r", SMALL, "--json"],
            ["audit", "--help"], ["decode", "-r", SMALL], ["decode", "--help"], ["judge", FACTS], ["judge", FACTS, "--json"], ["judge", "--help"], ["register", "--help"], ["explain", path("good"), CONTACT],
            ["explain", "--help"], ["verify", path("good")], ["verify", path("good"), "--json"], ["verify", "--help"]]
for n, where in (("a full", lambda: os.open("/dev/full", os.O_WRONLY)), ("a closed", lambda: None)):
    wrong = []
    for args in PRINTING:
        fd = where()
        p = subprocess.run([FW] + args, stdin=subprocess.DEVNULL, stdout=fd, stderr=subprocess.PIPE, preexec_fn=None if fd else lambda: os.close(1))
        if fd:
            os.close(fd)
        if p.returncode != 4 or not one_line(p.stderr.decode(), "standard output cannot be written"):
            wrong.append("%s: exit %d, %s" % (" ".join(args), p.returncode, p.stderr.decode()[:300]))
    ok(not wrong, "%s standard output: %d commands exit with 4 and say it once" % (n, len(PRINTING)), "\n".join(wrong))
for args in (AUDIT + ["-o", path("s1")], ["judge", FACTS, "-o", path("s2")], ["register", "-r", SMALL, "-o", path("s3")]):
    p = subprocess.run([FW] + args, stdout=open("/dev/full", "w"), stderr=subprocess.PIPE)
    ok(p.returncode == 4 and one_line(p.stderr.decode(), "standard output") and tree(args[-1]), "%s -o, standard output full: exit 4, the output is there" % args[0], p.stderr)
ok(tree(path("s1")) == GOOD, "and it is whole")
for fds in ((0,), (1,), (2,), (0, 1, 2)):
    shutil.rmtree(path("closed"), True)
    p = subprocess.run([FW] + AUDIT + ["-o", path("closed")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, close_fds=False, preexec_fn=lambda: [os.close(f) for f in fds])
    ok(p.returncode == (4 if 1 in fds else 0) and tree(path("closed")) == GOOD, "streams %s closed at the start: no message is written into a file" % (fds,), "%d %s" % (p.returncode, p.stderr))

# ---- asked to stop ----


def fed(args, name, **more):
    """A run that waits for more of its input; what it has of it so far was read."""
    if os.path.exists(path("pipe")):
        os.unlink(path("pipe"))
    os.mkfifo(path("pipe"))
    heard = lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)		# also when these tests run under nohup
    p = subprocess.Popen([FW] + args, stdout=subprocess.PIPE, **dict({"stderr": subprocess.PIPE, "preexec_fn": heard}, **more))
    f = open(path("pipe"), "wb", buffering=0)
    f.write(open(name, "rb").read()[:-1])
    at = time.monotonic()
    while struct_left(f) and time.monotonic() - at < 60:
        time.sleep(0.01)
    return p, f


def struct_left(f):
    """Octets in the pipe that were not read yet."""
    b = bytearray(4)
    fcntl.ioctl(f, 0x541b, b)		# FIONREAD
    return int.from_bytes(b, "little")


PIPED = {"audit": (["audit", "-r", path("pipe"), "-o"], SMALL), "register": (["register", "-r", path("pipe"), "-o"], SMALL)}
plainfacts = path("facts")
open(plainfacts, "wb").write(run("decode", "-r", SMALL)[1])
PIPED["judge"] = (["judge", path("pipe"), "-o"], plainfacts)
for command, (args, name) in sorted(PIPED.items()):
    for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        p, f = fed(args + [path("stopped")], name)
        made = [n for n in listing(TMP) if n.startswith("stopped.partial-")]
        p.send_signal(sig)
        _, err = p.communicate(timeout=120)
        f.close()
        ok(p.returncode == -sig and one_line(err.decode(), "stopped by " + sig.name) and not [n for n in listing(TMP) if n.startswith("stopped")],
           "%s, %s while it waits for input: says so, nothing is left, ends by the signal" % (command, sig.name), "%d %s %s" % (p.returncode, err, made))
        if command != "judge":		# which reads before it begins an output
            ok(len(made) == 1, "it had begun", made)
shutil.copytree(path("good"), path("stopped"))
p, f = fed(["audit", "-r", path("pipe"), "-o", path("stopped")], SMALL)
p.send_signal(signal.SIGTERM)
p.communicate(timeout=120)
f.close()
ok(p.returncode == -signal.SIGTERM and tree(path("stopped")) == GOOD and len([n for n in listing(TMP) if n.startswith("stopped")]) == 1, "stopped over an earlier output: that one is as it was")
p, f = fed(["audit", "-r", path("pipe"), "-o", path("nohup")], SMALL, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
p.send_signal(signal.SIGHUP)
f.write(open(SMALL, "rb").read()[-1:])
f.close()
_, err = p.communicate(timeout=120)
ok(p.returncode == 0 and verify(path("nohup"), DATA)[0] == 0, "a signal that is ignored (nohup) stays ignored", err)

# Something else comes to stand at the name while the run lasts.
p, f = fed(["audit", "-r", path("pipe"), "-o", path("late")], SMALL)
os.mkdir(path("late"))
open(path("late/notes.txt"), "w").write("mine")
f.write(open(SMALL, "rb").read()[-1:])
f.close()
_, err = p.communicate(timeout=120)
ok(p.returncode == 4 and one_line(err.decode(), path("late"), "something else since") and listing(path("late")) == ["notes.txt"] and
   not [n for n in listing(TMP) if n.startswith("late.")], "what was put at the name during the run is left alone: exit 4", "%d %s" % (p.returncode, err))

# On a terminal: the line of progress is cleared before anything is said, with -o and without.
for args in (["-o", path("term")], []):
    a, b = pty.openpty()
    p, f = fed(["audit", "-r", path("pipe")] + args, sample(), stderr=b)
    os.close(b)
    p.send_signal(signal.SIGINT)
    seen = b""
    while select.select([a], [], [], 60)[0]:
        try:
            got = os.read(a, 65536)
        except OSError:
            break
        if not got:
            break
        seen += got
    p.communicate(timeout=120)
    f.close()
    os.close(a)
    before, _, after = seen.partition(b"fairwitness: ")
    ok(p.returncode == -signal.SIGINT and b" MB/s" in before and before.endswith(b"\r\033[K") and after.endswith(b"\n") and b"\r" not in after.rstrip(b"\r\n"),
       "on a terminal %s: the progress line is cleared, then one line" % ("with -o" if args else "without -o"), "%d %r" % (p.returncode, seen[-400:]))
ok(not [n for n in listing(TMP) if n.startswith("term")], "and nothing is left")
done()
