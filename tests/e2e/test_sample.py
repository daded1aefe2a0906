"""The audit of the sample network against what its builder knows."""
import subprocess
from tap import *

truth = json.loads(subprocess.run([NETGEN, "sample", "--truth", path("t.pcap")], stdout=subprocess.PIPE, check=True).stdout)
s, r, err = audit_json("-r", path("t.pcap"))
ok(s == 0, "the sample network is read whole", err)
print("#", json.dumps({k: (v if not isinstance(v, list) else len(v)) for k, v in truth.items()})[:600])
done()
