"""An output is whole or it is none: the program killed before every call of its that writes, each of these calls failing, and what is on
disk before what (a power cut)."""
import concurrent.futures, shutil, threading
from traced import *

why = no_strace()
if why:
    skip("the program killed at, and failing in, every call that writes", why)
    done()

ROOT_DIR = scratch()
IN = os.path.join(ROOT_DIR, "in")
CASE = os.path.join(ROOT, "tests/golden/checks/N4-N9-CLEARTEXT")
os.mkdir(IN)
for name in ("violated.pcap", "unprotected.pcap", "register.yaml", "policy.yaml"):
    shutil.copy(os.path.join(CASE, name), os.path.join(IN, name))
NEW_ARGS = ["audit", "-r", IN + "/violated.pcap", "--register", IN + "/register.yaml", "--policy", IN + "/policy.yaml", "--facts"]
OLD_ARGS = ["audit", "-r", IN + "/unprotected.pcap"]
POOL = concurrent.futures.ThreadPoolExecutor(max(2, min(4, os.cpu_count() or 2)))
LOCK = threading.Lock()
NO_SWAP = "renameat2:error=EINVAL"		# a file system that cannot exchange two names, nor rename to a free one


class Scene:
    """A state to begin in and a command; every run has its own copy."""

    def __init__(self, name, out, old, keys, inject=()):
        self.name, self.out, self.inject = name, out, list(inject)
        self.begin = os.path.join(ROOT_DIR, "begin-" + name.replace(" ", "-"))
        self.n, self.seen = 0, {}
        os.mkdir(self.begin)
        if keys:
            plain(OLD_ARGS + ["-o", self.begin + "/unused"], {"XDG_DATA_HOME": self.begin + "/data"})
            shutil.rmtree(self.begin + "/unused")
        if old:
            plain(OLD_ARGS + ["-o", os.path.join(self.begin, out)], {"XDG_DATA_HOME": self.begin + "/data"})
        self.old = tree(os.path.join(self.begin, out))
        d = self.fresh()
        log = os.path.join(ROOT_DIR, "log-" + name.replace(" ", "-"))
        s, _, err = traced(self.args(d), self.env(d), log, self.inject)
        self.calls = read_trace(log)
        self.new = tree(os.path.join(d, out))
        v, told = verify(os.path.join(d, out), d + "/data")
        ok(s == 0 and v == 0 and not err and (not old or self.old != self.new), "%s: undisturbed, the output verifies" % name, "%d %d\n%s%s" % (s, v, err, told))
        self.where = d
        self.points = [c for c in self.calls if (d in c.text or c.name.startswith("write") and c.args.startswith("1<"))]

    def fresh(self):
        with LOCK:
            self.n += 1
            d = os.path.join(ROOT_DIR, "%s-%d" % (self.name.replace(" ", "-"), self.n))
        shutil.copytree(self.begin, d, symlinks=True)
        return d

    def args(self, d):
        return NEW_ARGS + ["-o", os.path.join(d, self.out)]

    def env(self, d):
        return {"XDG_DATA_HOME": d + "/data"}

    def whole(self, d, what):
        """Is the tree the new output?  The same octets where the keys are the same; else the same files, and it verifies."""
        if what is None or sorted(what) != sorted(self.new):
            return False
        if what == self.new:
            return True
        key = ("whole", tuple(sorted(what.items())))
        if key not in self.seen:
            self.seen[key] = verify(os.path.join(d, self.out), d + "/data")[0] == 0
        return self.seen[key]

    def siblings(self, d):
        at, name = os.path.split(os.path.join(d, self.out))
        return sorted(n for n in os.listdir(at) if n != name and n.startswith(name)) if os.path.isdir(at) else []


KEYS = {"case.key": rb"[0-9a-f]{64}\n", "log.key": rb"fairwitness-log-key-v1 [0-9a-f]{64}\n", "export.key": rb"fairwitness-export-key-v1 [0-9a-f]{64}\n",
        "log.pub": rb"fairwitness/[0-9a-f]{16}\+[0-9a-f]{8}\+\S{44,}\n", "export.pub": rb"ssh-ed25519 \S+ exporter\n"}


def bad_keys(d):
    """What is wrong with the keys: each is there whole, for its owner only, or it is not there."""
    at, wrong = d + "/data/fairwitness", []
    for n in sorted(os.listdir(at)) if os.path.isdir(at) else []:
        p = os.path.join(at, n)
        if not n.endswith(".pub") and not re.search(r"\.pub\.\d+$", n) and os.stat(p).st_mode & 0o077:
            wrong.append("others may read " + n)
        if n in KEYS and not re.fullmatch(KEYS[n], open(p, "rb").read()):
            wrong.append(n + " is torn")
        if n not in KEYS and not re.fullmatch(r"(%s)\.\d+" % "|".join(KEYS), n):
            wrong.append("what is " + n)
    return wrong


def state(scene, d):
    """(word for what is at the name, complaints)"""
    what, wrong = tree(os.path.join(d, scene.out)), bad_keys(d)
    word = "none" if what is None else "old" if what == scene.old else "new" if scene.whole(d, what) else "other"
    if word == "other":
        wrong.append("at the name of the output is something that is neither the old one nor the new")
    return word, wrong


def leftovers(scene, d):
    """Complaints about what lies beside the output."""
    wrong = []
    for n in scene.siblings(d):
        at = os.path.join(os.path.dirname(os.path.join(d, scene.out)), n)
        if re.search(r"\.partial-\d+$", n):
            key = ("partial", tuple(sorted((os.path.relpath(os.path.join(a, f), at), os.path.getsize(os.path.join(a, f))) for a, _, names in os.walk(at) for f in names)))
            if key not in scene.seen:		# a call that adds no octet leaves the same one
                scene.seen[key] = verify(at, d + "/data")
            s, told = scene.seen[key]
            if s not in (1, 3) or (s == 1 and not re.search(r"integrity +FAIL", told)):
                wrong.append("%s verifies, %d: %s" % (n, s, told[:300]))
        elif not re.search(r"\.old-\d+$", n):
            wrong.append("what is " + n)
        elif tree(at) != scene.old:
            wrong.append(n + " is not the whole old one")
    return wrong


def next_audit(scene, d, word):
    """The run after it works, tells of what was left, and its output verifies.  Cases that differ in nothing that it looks at are tried once."""
    data = d + "/data/fairwitness"
    left = scene.siblings(d)
    key = ("next", word, tuple(re.sub(r"\d+$", "", n) for n in left), tuple(sorted(re.sub(r"\.\d+$", ".N", n) for n in os.listdir(data)) if os.path.isdir(data) else ()),
           os.path.isdir(os.path.dirname(os.path.join(d, scene.out))))
    if key in scene.seen:
        return scene.seen[key]
    s, _, err = plain(scene.args(d), scene.env(d))
    wrong = ["the next audit: exit %d, %s" % (s, err[:300])] if s else []
    wrong += ["the next audit does not tell of " + n for n in left if n not in err]
    v, told = verify(os.path.join(d, scene.out), d + "/data")
    if v:
        wrong.append("the next audit's output does not verify: " + told[:300])
    scene.seen[key] = wrong
    return wrong


def killed(scene, c):
    d = scene.fresh()
    s, _, err = traced(scene.args(d), scene.env(d), None, scene.inject + ["%s:signal=SIGKILL:when=%d" % (c.name, c.nth)])
    word, wrong = state(scene, d)
    if s != -9:
        wrong.append("was not killed: exit %d, %s" % (s, err[:200]))
    wrong += leftovers(scene, d) + next_audit(scene, d, word)
    shutil.rmtree(d)
    return word, ["killed before %r: %s" % (c, w) for w in wrong]


def kill_all(scene, points):
    words, wrong = {}, []
    for word, w in POOL.map(lambda c: killed(scene, c), points):
        words[word] = words.get(word, 0) + 1
        wrong += w
    ok(points and not wrong, "%s: killed before each of %d calls: %s; never one that lacks something, and the next audit works" %
       (scene.name, len(points), ", ".join("%s %d times" % (w, n) for w, n in sorted(words.items()))), "\n".join(wrong))
    return words


# ---- asked to stop ----

def stopped(scene, c):
    d = scene.fresh()
    s, _, err = traced(scene.args(d), scene.env(d), None, scene.inject + ["%s:signal=SIGTERM:when=%d" % (c.name, c.nth)])
    word, wrong = state(scene, d)
    if s != -15:
        wrong.append("did not end by the signal: exit %d, %s" % (s, err[:200]))
    if scene.siblings(d):
        wrong.append("left behind: %s" % scene.siblings(d))
    if word == "old" and err and "stopped by SIGTERM" not in err or len(err.splitlines()) > 1:
        wrong.append("not one line that says so: " + err[:300])
    shutil.rmtree(d)
    return word, ["SIGTERM before %r: %s" % (c, w) for w in wrong]


def stop_all(scene, points):
    words, wrong = {}, []
    for word, w in POOL.map(lambda c: stopped(scene, c), points):
        words[word] = words.get(word, 0) + 1
        wrong += w
    ok(points and not wrong and set(words) == {"old", "new"}, "%s: SIGTERM before each of %d calls: %s; nothing is left beside it, and it ends by the signal" %
       (scene.name, len(points), ", ".join("%s %d times" % (w, n) for w, n in sorted(words.items()))), "\n".join(wrong))


# ---- failing calls ----

def written(scene, nth_close):
    """Is this close() of a file that was written?"""
    i = scene.calls.index(nth_close)
    fd = nth_close.args.split("<")[0]
    for c in reversed(scene.calls[:i]):
        if c.name == "close" and c.args.split("<")[0] == fd:
            return False
        if c.name == "write" and c.args.split("<")[0] == fd:
            return "#" not in nth_close.args	# not a file without a name, which is for this run only
    return False


def may_go_on(scene, c):
    """A call whose failure does not harm what is written: looking for leftovers, cleaning up, closing what was only read."""
    at = os.path.dirname(os.path.join(scene.where, scene.out))
    if c.name in ("unlink", "unlinkat", "rmdir"):
        return True
    if c.name == "close":
        return not written(scene, c)
    return c.name == "openat" and "O_CREAT" not in c.args and "O_TMPFILE" not in c.args and (
        ('"%s"' % at) in c.args or "partial-" in c.text and "O_DIRECTORY" in c.args)


def failing(scene, c, error):
    d = scene.fresh()
    s, out, err = traced(scene.args(d), scene.env(d), None, scene.inject + ["%s:error=%s:when=%d" % (c.name, error, c.nth)])
    word, wrong = state(scene, d)
    lines = err.splitlines()
    printing = c.name == "write" and c.args.startswith("1<")
    if s == 4:
        if len(lines) != 1 or not lines[0].startswith("fairwitness: ") or not ("standard output" in err if printing else d in err):
            wrong.append("not one line that names the place: " + err[:400])
        if word != ("new" if printing else "none" if scene.old is None else "old"):
            wrong.append("exit 4, and at the name is: " + word)
        if printing and "is whole" not in err:
            wrong.append("does not say that the output is whole: " + err[:200])
        if scene.siblings(d) and c.name not in ("unlink", "unlinkat", "rmdir"):
            wrong.append("left behind: %s" % scene.siblings(d))
    elif s or not may_go_on(scene, c):
        wrong.append("exit %d: %s" % (s, err[:300]))
    elif word != "new":
        wrong.append("exit 0, and at the name is: " + word)
    elif scene.siblings(d) and "could not be removed" not in err:
        wrong.append("exit 0, and left without a word: %s" % scene.siblings(d))
    wrong += leftovers(scene, d)
    shutil.rmtree(d)
    return s, ["%s in %r: %s" % (error, c, w) for w in wrong]


def fail_all(scene, points):
    """Each call fails once; the reasons take turns, so that every kind of call fails for each of them that it can have."""
    reasons = {"close": ["EIO", "ENOSPC", "EDQUOT"], "fsync": ["EIO", "ENOSPC", "EDQUOT"]}
    turn, jobs, codes, wrong = {}, [], {}, []
    for c in points:
        r = reasons.get(c.name, ["ENOSPC", "EIO", "EROFS", "EDQUOT"])
        turn[c.name] = turn.get(c.name, -1) + 1
        jobs.append((c, r[turn[c.name] % len(r)]))
    for s, w in POOL.map(lambda j: failing(scene, *j), jobs):
        codes[s] = codes.get(s, 0) + 1
        wrong += w
    ok(jobs and not wrong, "%s: each of %d calls fails: %s; one line says what and where, and nothing looks finished" %
       (scene.name, len(jobs), ", ".join("exit %s %d times" % (s, n) for s, n in sorted(codes.items()))), "\n".join(wrong))


# ---- what is on disk before what ----

def path_of(text):
    """The path that strace shows behind a descriptor."""
    m = re.search(r"<([^>]*)>", text)
    return m[1] if m else ""


def named(c, i):
    """The i-th path of a call with its directory, as strace prints them: fd<dir>, \"name\"."""
    parts = re.findall(r'(?:(AT_FDCWD|\d+)(?:<([^>]*)>)?, )?"([^"]*)"', c.args)
    _, at, name = parts[i]
    return os.path.normpath(name if name.startswith("/") else os.path.join(at, name))


def order(scene):
    """Replays the trace: a file's octets are safe after its fsync, a name after its directory's.  Returns complaints and counts."""
    wrong, open_name, dirty, names, made = [], {}, set(), set(), set()
    n = {"files": 0, "names": 0}
    out = os.path.join(scene.where, scene.out)
    shown = False

    def unsafe(top):
        return sorted(p for p in dirty | names if p == top or p.startswith(top + "/"))

    for c in scene.calls:
        if c.result.startswith("-") or scene.where not in c.text:
            continue
        if c.name == "openat" and "O_CREAT" in c.args:
            p = named(c, 0)
            if p.endswith("evidence/checkpoint"):
                tiles = [x for x in unsafe(os.path.dirname(p)) if "/tile" in x]
                keys = unsafe(scene.where + "/data")
                wrong += ["the checkpoint is begun, and not on disk: %s" % x for x in tiles + keys]
                n["tiles"] = len([x for x in made if "/tile/" in x])
            made.add(p)
            dirty.add(p)
            names.add(p)
        elif c.name in ("mkdir", "mkdirat"):
            names.add(named(c, 0))
        elif c.name == "write":
            if "(deleted)" not in c.args and "#" not in c.args:
                dirty.add(path_of(c.args))
        elif c.name == "fsync":
            p = path_of(c.args)
            n["files"] += p in dirty
            dirty.discard(p)
            synced = {x for x in names if os.path.dirname(x) == p}
            n["names"] += len(synced)
            names -= synced
        elif c.name in ("rename", "renameat2", "link", "linkat"):
            a, b = named(c, 0), named(c, 1)
            wrong += ["%r: not on disk before: %s" % (c, x) for x in unsafe(a) if x != a or x in dirty]
            shown = shown or b == out
            names |= {a, b} if "RENAME_EXCHANGE" in c.args else {b}
            if c.name.startswith("rename") and "RENAME_EXCHANGE" not in c.args:
                names.discard(a)
        elif c.name in ("unlink", "unlinkat", "rmdir"):
            p = named(c, 0)
            if shown and unsafe(out):
                wrong.append("%r: the old one is removed while the new one's name is not on disk" % c)
            names.discard(p)
            dirty.discard(p)
    wrong += ["at the end not on disk: " + x for x in unsafe(scene.where)]
    if not shown:
        wrong.append("the output was never put in place")
    ok(not wrong, "%s: %d files and %d names are on disk before what rests on them" % (scene.name, n["files"], n["names"]), "\n".join(wrong))
    ok(n.get("tiles", 0) >= 2 and n["files"] >= len(scene.new), "%s: the %d tiles and every file were seen in the trace" % (scene.name, n.get("tiles", 0)), n)


def after(scene, first):
    """The points from the first call for which first(c)."""
    i = next((i for i, c in enumerate(scene.points) if first(c)), len(scene.points))
    return scene.points[i:]


first = Scene("first use", "new/place/out", False, False)
over = Scene("over an earlier one", "out", True, True)
aside = Scene("where names cannot be exchanged", "out", True, True, [NO_SWAP])
linked = Scene("keys where names cannot be taken", "out", False, False, [NO_SWAP])
for scene in (first, over, aside, linked):
    order(scene)
words = kill_all(first, first.points)
ok(set(words) == {"none", "new"}, "both sides of the one moment were seen", words)
words = kill_all(over, over.points)
ok(set(words) == {"old", "new"}, "both sides of the one moment were seen", words)
words = kill_all(aside, after(aside, lambda c: "rename" in c.name))
ok(set(words) == {"old", "none", "new"}, "and here also the moment without one", words)
kill_all(linked, [c for c in linked.points if "/data/" in c.text])
fail_all(first, first.points)
sealed = after(over, lambda c: "MANIFEST.sha256.sig" in c.text)
fail_all(over, [c for c in over.points if over.where + "/out/" in c.text or over.where + '/out"' in c.text or c in sealed])	# the rest is as above
stop_all(over, over.points)
fail_all(aside, after(aside, lambda c: c.name == "rename"))

# The name cannot be made safe and cannot be taken back either.
d = first.fresh()
last = [c for c in first.points if c.name == "fsync"][-1]
s, _, err = traced(first.args(d), first.env(d), None, ["fsync:error=EIO:when=%d" % last.nth, "rename:error=EIO:when=2+"])
ok(s == 4 and "power cut" in err and first.whole(d, tree(os.path.join(d, first.out))), "written whole, but its name not safe: exit 4, and it says so", "%d %s" % (s, err))
done()
