"""A bot as somebody writes one in Python: it answers lines, and pipes how it is to `holdfast heartbeat --follow`."""

import json
import subprocess
import sys

heartbeat = subprocess.Popen(
    [*sys.argv[1:], "heartbeat", "--follow", "--bot", "weather"],
    stdin=subprocess.PIPE, text=True, bufsize=1,
)


def say(line):
    try:
        print(line, file=heartbeat.stdin, flush=True)
    except OSError:
        pass  # It is gone. The bot goes on.


say("ready signed in")
for line in sys.stdin:
    say("received")
    try:
        print({"london": "rain"}[line.strip()], flush=True)
        say("sent")
    except KeyError as error:
        say(json.dumps({"error": {"name": "KeyError", "message": str(error)}, "count": {"unknown": 1}}))
say("disconnected no more input")
heartbeat.stdin.close()
heartbeat.wait()
