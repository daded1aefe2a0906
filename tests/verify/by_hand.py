"""The commands of docs/verify-by-hand.md, followed to the letter: the verifier that needs no program of anybody's."""
import os, re, shutil, subprocess, tempfile

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/verify-by-hand.md")) as f:
    STEPS = re.findall(r"^```sh\n(.*?)^```$", f.read(), re.M | re.S)


def follow(where, steps, **env):
    """Whether no command complains in the bundle's directory, and what they said.  The last step is tshark's."""
    tmp = tempfile.mkdtemp(prefix="fw-hand-")
    p = subprocess.run(["sh", "-c", "\n".join(steps)], cwd=where, env=dict(os.environ, TMPDIR=tmp, **env), stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    shutil.rmtree(tmp)
    return p.returncode == 0, (p.stdout + p.stderr).decode("utf-8", "replace")
