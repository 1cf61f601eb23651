"""Runs a program in a terminal of its own.

open-pty.py COLUMNS ROWS PROGRAM ARGUMENT...

Standard input: one JSON object a line, {"type": TEXT} for keys pressed, {"resize": [COLUMNS, ROWS]}; its end closes the
terminal, as a lost connection does. Standard output: what the program writes. Exits with the program's code, or 128 and the
signal that ended it.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios

columns, rows = int(sys.argv[1]), int(sys.argv[2])


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


ready, go = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.read(ready, 1)
    os.execvp(sys.argv[3], sys.argv[3:])
resize(terminal, columns, rows)
os.write(go, b"1")

pending = b""
inputs = [terminal, 0]
while terminal in inputs:
    readable, _, _ = select.select(inputs, [], [])
    if terminal in readable:
        try:
            output = os.read(terminal, 65536)
        except OSError:
            output = b""
        if not output:
            break
        os.write(1, output)
    if 0 in readable:
        given = os.read(0, 65536)
        if not given:
            inputs = []
            os.close(terminal)
            terminal = -1
            break
        *lines, pending = (pending + given).split(b"\n")
        for line in lines:
            command = json.loads(line)
            if "type" in command:
                os.write(terminal, command["type"].encode())
            else:
                resize(terminal, *command["resize"])
                os.killpg(os.tcgetpgrp(terminal), signal.SIGWINCH)

_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) % 256 if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
