"""Sends signals in every way a program may, to a child that blocks them, and has timers send some to itself."""
import ctypes
import fcntl
import os
import signal
import sys
import time

libc = ctypes.CDLL(None, use_errno=True)
rt_sigqueueinfo = {"x86_64": 129}.get(os.uname().machine, 138)

# The C library keeps 32 and 33 to itself, so the kernel is asked to block all.
rt_sigprocmask = {"x86_64": 14}.get(os.uname().machine, 135)
libc.syscall(rt_sigprocmask, 0, ctypes.byref(ctypes.c_uint64(2**64 - 1)), None, 8)
reader, writer = os.pipe()
ready, told = os.pipe()
child = os.fork()
if child == 0:
    for number in (14, 41):
        copy = os.open(f"/proc/self/fd/{reader}", os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(copy, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(copy, 10, number)  # F_SETSIG
        fcntl.fcntl(copy, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(told, b"x")
    while True:
        time.sleep(60)

os.read(ready, 1)
os.write(writer, b"x")
for number, code in ((14, -2), (26, -2), (27, -2), (29, -2), (34, -2), (40, -60), (32, -1), (33, -2)):
    info = (ctypes.c_int * 32)(number, 0, code, 0, os.getpid(), 0)
    if libc.syscall(rt_sigqueueinfo, child, number, info) != 0:
        sys.exit(os.strerror(ctypes.get_errno()))
for number in (14, 32, 33, 64):
    libc.syscall({"x86_64": 62}.get(os.uname().machine, 129), child, number)
# As the C library sends them to threads.
tgkill = {"x86_64": 234}.get(os.uname().machine, 131)
for number in (32, 33):
    libc.syscall(tgkill, child, child, number)

for number in (14, 42):
    event = (ctypes.c_int * 16)(0, 0, number, 0)  # SIGEV_SIGNAL
    timer = ctypes.c_void_p()
    libc.timer_create(0, event, ctypes.byref(timer))
    libc.timer_settime(timer, 0, (ctypes.c_long * 4)(0, 0, 0, 1000000), None)
    signal.sigwait([number])
signal.setitimer(signal.ITIMER_REAL, 0.001)
signal.sigwait([14])
os.kill(child, 9)
os.waitpid(child, 0)
print(child, os.getpid())
