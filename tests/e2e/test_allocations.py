"""Allocations fail, one at a time, a hundred spread over each command (CVE-2024-38536 is a defence that ended where memory ran out): the program says
so and leaves nothing by halves.

Arguments: the program, netgen, the library that fails (tests/fault/failing.c), and builds of the program without a sanitizer, which would
come before that library."""
import shutil, subprocess, sys
from traced import *

CASE = os.path.join(ROOT, "tests/golden/checks/N4-N9-CLEARTEXT")
SMALL, REGISTER, POLICY = (os.path.join(CASE, n) for n in ("violated.pcap", "register.yaml", "policy.yaml"))
DATA = os.environ["XDG_DATA_HOME"]
FAILING = os.path.abspath(sys.argv[3])
RUNS = int(os.environ.get("FW_ALLOCATIONS", "100"))		# a command; 0: every one of its allocations


def unsanitized(name):
    try:
        with open(name, "rb") as f:
            return b"__asan_init" not in f.read()
    except OSError:
        return False


builds = [b for b in sys.argv[4:] + [FW] if unsanitized(b)]
CASE_KEY = ["--case-key", KEY]
JUDGED = ["-r", SMALL, "--register", REGISTER, "--policy", POLICY] + CASE_KEY


def failing(args, n, count=None):
    env = dict(os.environ, LD_PRELOAD=FAILING, FW_FAIL_AT=str(n))
    if count:
        env["FW_FAIL_COUNT"] = count
    p = subprocess.run([builds[0]] + args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, timeout=120)
    return p.returncode, p.stdout, p.stderr.decode("utf-8", "replace")


def spread(n):
    """The first ones, the last ones, and some all over."""
    if not RUNS or n <= RUNS:
        return range(1, n + 1)
    few = RUNS // 5
    return sorted(set(range(1, few + 1)) | set(range(n - few // 2, n + 1)) | {few + i * (n - few) // (RUNS - few) for i in range(RUNS - few)})


def beside(out):
    d, name = os.path.split(out)
    return [n for n in os.listdir(d) if n.startswith(name)]


def each(what, args, statuses, out=None):
    """Runs it with the n-th allocation failing; status 0 is the whole result, any other leaves nothing and says why in a line."""
    def run(n, count=None):
        if out:
            shutil.rmtree(out, True)
        return failing(args, n, count)

    s, good, err = run(0, path("count"))
    files = tree(out) if out else None
    if not ok(s == statuses[0], "%s: %d when nothing fails" % (what, statuses[0]), err):
        return
    total = int(open(path("count")).read())
    wrong, seen = [], {}
    for n in spread(total):
        s, said, err = run(n)
        seen[s] = seen.get(s, 0) + 1
        trouble = None
        if s not in statuses:
            trouble = "exit %d" % s
        elif s == statuses[0]:
            if said != good:
                trouble = "another output: %s" % sorted(set(said.splitlines()) ^ set(good.splitlines()))[:2]
            elif out and tree(out) != files:
                trouble = "another directory"
        elif not err or [x for x in err.splitlines() if not x.startswith("fairwitness: ") or not re.search("memory|libcrypto", x)]:
            trouble = "no sentence of its own"
        elif out and beside(out) and tree(out) != files:
            trouble = "left behind: %s" % beside(out)
        if trouble:
            wrong.append("allocation %d of %d, %s: %s" % (n, total, trouble, err.strip()[:200]))
    ok(not wrong, "%s: of %d allocations some fail, one at a time: told, and nothing by halves (CVE-2024-38536)" % (what, total), "\n".join(wrong))
    print("# %s: exit status and how often: %s" % (what, seen))
    ok(len(seen) > 1 and seen.get(4, 0) + seen.get(3, 0) > 5, "%s: it is told often enough to be a test" % what, seen)


if not builds:
    skip("allocations fail one at a time (CVE-2024-38536)", "no build without a sanitizer")
    done()
s, out, err = failing(["audit", "-o", path("good")] + JUDGED, 0)
ok(s == 0, "a record to verify", err)
each("audit", ["audit"] + JUDGED, (0, 3, 4))
each("audit -o", ["audit", "--facts", "-o", path("made")] + JUDGED, (0, 3, 4), out=path("made"))
each("decode", ["decode", "-r", SMALL] + CASE_KEY, (0, 3, 4))
each("policy check", ["policy", "check", "--register", REGISTER, "--policy", POLICY], (0, 4))
KEYED = os.path.join(ROOT, "tests/golden/tls/keylog-tls13.pcap")
each("decode --keylog", ["decode", "-r", KEYED, "--keylog", KEYED + ".keys"] + CASE_KEY, (0, 3, 4))
each("verify", ["verify", path("good"), "-r", SMALL, "--key", os.path.join(DATA, "fairwitness/log.pub")] + CASE_KEY, (0, 3))
done()
