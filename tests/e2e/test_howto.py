"""docs/adding-a-protocol.md and docs/adding-a-check.md, followed to the letter, one after the other in a copy of the tree."""
import os, re, shutil, subprocess
from tap import *

os.environ["PROFILE"] = "no"		# a build by profile takes three times as long and shows nothing more here

tree = path("tree")
ignore = shutil.ignore_patterns(".git", "build*", "out", "fairwitness", "*.o")
shutil.copytree(ROOT, tree, ignore=lambda d, names: ignore(d, names) - ({"build"} if os.path.basename(d) == "tests" else set()) - ({"fairwitness"} if os.path.basename(d) == "include" else set()))


def touched():
    p = subprocess.run(["diff", "-rq", "-x", "build*", "-x", ".git", "-x", "out", "-x", "fairwitness", os.path.join(ROOT, "src"), os.path.join(tree, "src")],
                       stdout=subprocess.PIPE, text=True)
    return p.stdout.strip().splitlines()


def follow(page, what, files):
    before = touched()
    with open(os.path.join(tree, "docs", page)) as f:
        steps = re.findall(r"^```sh\n(.*?)^```$", f.read(), re.M | re.S)
    said = ""
    ok(len(steps) >= 4, page + " has commands")
    for i, step in enumerate(steps):
        p = subprocess.run(["sh", "-eu", "-c", step], cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said += p.stdout
        if not ok(p.returncode == 0, "%s, step %d: %s" % (page, i + 1, step.strip().splitlines()[-1][:70]), p.stdout[-2000:]):
            break
    warnings = re.findall(r"warning:.*", said)
    ok(not warnings, "the new %s builds without a warning" % what, "\n".join(warnings))
    now = [line for line in touched() if line not in before]
    ok(len(now) == len(files) and all(any(f in line for line in now) for f in files), "it touched %s in src/, nothing else" % " and ".join(files), "\n".join(now))


follow("adding-a-protocol.md", "protocol", ["rip.c", "layers/LIST", "kinds.def"])
follow("adding-a-check.md", "check", ["ntp_foreign.c", "checks/LIST"])
done()
