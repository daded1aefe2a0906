"""The program under strace: which calls write, and what one of them being the last, or failing, leaves behind."""
import atexit, hashlib, os, re, shutil, subprocess, tempfile
from tap import *

CALLS = "open,openat,creat,write,pwrite64,writev,fsync,fdatasync,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir," \
        "ftruncate,fallocate,copy_file_range,sendfile,symlink,symlinkat,close"
REQUIRED = "signer,integrity,inclusion,sealed,complete,rendered,re-derived-core"
LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (\?|-?\d+)")
OPTIONS = dict(os.environ, ASAN_OPTIONS="detect_leaks=0:abort_on_error=0", UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1")	# leaks are not looked for under ptrace


def scratch():
    """In memory where that can be: thousands of fsync() would wait for a disk otherwise."""
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else TMP
    d = tempfile.mkdtemp(prefix="fw-durable-", dir=where)
    atexit.register(shutil.rmtree, d, True)
    return d


def no_strace():
    """Why it cannot be used, or None."""
    try:
        p = subprocess.run(["strace", "-f", "-o", "/dev/null", "-e", "inject=fsync:error=EIO:when=1", "true"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as e:
        return "strace: %s" % e
    return "strace does not run here: %s" % p.stdout.decode("utf-8", "replace")[:200].replace("\n", " ") if p.returncode else None


class Call:
    """One call of a trace: its name, how many of that name came up to it, its arguments with paths, its result."""

    def __init__(self, name, nth, args, result, text):
        self.name, self.nth, self.args, self.result, self.text = name, nth, args, result, text

    def __repr__(self):
        return "%s no. %d: %s" % (self.name, self.nth, self.text[:200])


def read_trace(path):
    calls, count = [], {}
    with open(path, errors="replace") as f:
        for line in f:
            m = LINE.match(line)
            if m:
                count[m[1]] = count.get(m[1], 0) + 1
                calls.append(Call(m[1], count[m[1]], m[2], m[3], line.split(" ", 1)[1].strip()))
    return calls


def traced(argv, env, log=None, inject=()):
    """Exit status (negative: the signal it died of), standard output, standard error; the trace goes to log."""
    cmd = ["strace", "-f", "-y", "-s", "0", "-o", log or "/dev/null", "-e", "trace=" + CALLS, "-e", "signal=none"]
    for i in inject:
        cmd += ["-e", "inject=" + i]
    p = subprocess.run(cmd + [FW] + argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(OPTIONS, **env))
    return p.returncode, p.stdout, p.stderr.decode("utf-8", "replace")


def plain(argv, env):
    p = subprocess.run([FW] + argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(OPTIONS, **env))
    return p.returncode, p.stdout, p.stderr.decode("utf-8", "replace")


def tree(d):
    """{path: SHA-256} of the files below, a link as where it leads, an empty directory as a name with a slash; None when there is nothing."""
    if not os.path.lexists(d):
        return None
    out = {}
    for at, dirs, names in os.walk(d):
        for n in names:
            p = os.path.join(at, n)
            if os.path.islink(p):
                out[os.path.relpath(p, d)] = "-> " + os.readlink(p)
                continue
            with open(p, "rb") as f:
                out[os.path.relpath(p, d)] = hashlib.sha256(f.read()).hexdigest()
        if not dirs and not names:
            out[os.path.relpath(at, d) + "/"] = ""
    return out


def verify(d, data):
    """Exit status of verify, all that can be shown without the capture being required."""
    s, out, err = plain(["verify", d, "--key", os.path.join(data, "fairwitness/log.pub"), "--require", REQUIRED], {})
    return s, out.decode() + err
