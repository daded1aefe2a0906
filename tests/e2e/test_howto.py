"""docs/adding-a-protocol.md, followed to the letter in a copy of the tree."""
import os, re, shutil, subprocess
from tap import *

tree = path("tree")
ignore = shutil.ignore_patterns(".git", "build*", "out", "fairwitness", "*.o")
shutil.copytree(ROOT, tree, ignore=lambda d, names: ignore(d, names) - ({"build"} if os.path.basename(d) == "tests" else set()) - ({"fairwitness"} if os.path.basename(d) == "include" else set()))
text = open(os.path.join(tree, "docs/adding-a-protocol.md")).read()
steps = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
ok(len(steps) >= 5, "the page has commands")
for i, step in enumerate(steps):
    p = subprocess.run(["sh", "-eu", "-c", step], cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not ok(p.returncode == 0, "step %d: %s" % (i + 1, step.strip().splitlines()[-1][:70]), p.stdout[-2000:]):
        break
warnings = re.findall(r"warning:.*", p.stdout)
ok(not warnings, "the new protocol builds without a warning", "\n".join(warnings))
touched = subprocess.run(["diff", "-rq", "-x", "build*", "-x", ".git", "-x", "out", "-x", "fairwitness", os.path.join(ROOT, "src"), os.path.join(tree, "src")],
                         stdout=subprocess.PIPE, text=True).stdout.strip().splitlines()
ok(len(touched) == 3, "it touched its file, LIST and kinds.def in src/, nothing else", "\n".join(touched))
done()
