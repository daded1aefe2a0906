"""The captures for the checks: what lies beside each, and an audit of it.

CHECK-ID/NAME.pcap, made by netgen; NAME says what it is for: violated, unprotected, conform, undecidable, lookalike-TRAP, each perhaps
with -MORE.  NAME.pcap.keys: a key log to read it with.  Register and policy: NAME.register.yaml, else the folder's register.yaml, else none; policies likewise.
NAME.expect, a line each:
  verdict CHECK WORD             the word that the report shows for the check
  finding CHECK SUBJECT OBJECT   it is there; object - for none
  title CHECK SUBJECT OBJECT WORDS    its title, too
  no-finding CHECK               there is none of that check
  frames CHECK N                 so many frames in all its findings
  without register, without policy, at DATE    how it is audited
"""
import json, os, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
KEY = os.path.join(os.path.dirname(HERE), "case.key")


def captures():
    for folder in sorted(os.listdir(HERE)):
        for name in sorted(os.listdir(os.path.join(HERE, folder)) if os.path.isdir(os.path.join(HERE, folder)) else []):
            if name.endswith((".pcap", ".pcapng")):
                yield folder, name.rsplit(".", 1)[0], os.path.join(HERE, folder, name)


def expected(folder, name):
    path = os.path.join(HERE, folder, name + ".expect")
    with open(path) as f:
        return [line.split("#")[0].split() for line in f if line.split("#")[0].strip()]


def beside(folder, name, what):
    for file in (name + "." + what + ".yaml", what + ".yaml"):
        path = os.path.join(HERE, folder, file)
        if os.path.exists(path):
            return path
    return None


def arguments(folder, name, path, expect):
    args = ["audit", "-r", path, "--case-key", KEY, "--no-digest", "--json"]
    if os.path.exists(path + ".keys"):
        args += ["--keylog", path + ".keys"]
    for what in ("register", "policy"):
        file = beside(folder, name, what)
        if file and ["without", what] not in expect:
            args += ["--" + what, file]
    for words in expect:
        if words[0] == "at":
            args += ["--at", words[1]]
    return args


def audit(fw, args):
    """The report, or a reason why there is none."""
    p = subprocess.run([fw] + args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if p.returncode not in (0, 3):		# 3: a capture that was cut on purpose
        return None, "exit %d: %s" % (p.returncode, p.stderr[-400:])
    try:
        return json.loads(p.stdout), p.stderr
    except ValueError as e:
        return None, str(e)
