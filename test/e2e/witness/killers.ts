import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Test } from 'tap';

/** Somebody to be killed. */
export const startVictim = async (t: Test): Promise<number> => {
  const child = spawn('sleep', ['10004'], { stdio: 'ignore' });
  await once(child, 'spawn');
  t.teardown(() => child.kill('SIGKILL'));
  return child.pid ?? 0;
};

/** Runs to its end. @returns its pid, and what it printed */
export const run = (program: string, ...args: string[]): { pid: number; output: string } => {
  const { pid, stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return { pid, output: stdout.trim() };
};

/** A program of Python, with arguments. */
export const python = (code: string, ...args: string[]) => run('python3', '-c', code, ...args);

/** Calls itself by a name of any bytes, in hexadecimal, and sends SIGKILL. */
export const killAs = `
import ctypes, os, sys
ctypes.CDLL(None).prctl(15, bytes.fromhex(sys.argv[1]) + b'\\0', 0, 0, 0)
os.kill(int(sys.argv[2]), 9)
`;

/** `kill` under another name, by its file or (`open`) by one that is open already. */
export const killUnderName = `
import os, sys
name, victim, how = sys.argv[1:]
file = os.open('/bin/kill', os.O_RDONLY) if how == 'open' else '/bin/kill'
os.execve(file, [name, '-9', victim], os.environ)
`;

/** Double fork: the middle one is gone before the last one kills. */
export const killFromGrandchild = `
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() != 0: os._exit(0)
    time.sleep(0.05)
    os.execv('/bin/kill', ['kill', '-9', sys.argv[1]])
os.wait()
`;

/** A thread that is not the first one starts the killer. */
export const killFromThread = `
import subprocess, sys, threading
t = threading.Thread(target=subprocess.run, args=(['kill', '-9', sys.argv[1]],))
t.start()
t.join()
`;

/** Sends itself signals, so many, as fast as it can. */
export const flood = `
import os, signal, sys
signal.signal(15, signal.SIG_IGN)
me = os.getpid()
for _ in range(int(sys.argv[1])): os.kill(me, 15)
`;

/** Kills, and has another program take the pid it had: prints both. */
export const killAndReplace = `
import os, sys
killer = os.posix_spawn('/bin/kill', ['kill', '-9', sys.argv[1]], {})
os.waitpid(killer, 0)
for _ in range(50):
    open('/proc/sys/kernel/ns_last_pid', 'w').write(str(killer - 1))
    other = os.posix_spawn('/bin/sleep', ['sleep', '1'], {})
    if other == killer: break
    os.kill(other, 9)
    os.waitpid(other, 0)
print(killer, other)
sys.stdout.flush()
os.waitpid(other, 0)
`;

/** Begins and ends threads, one after the other, for so many seconds: the kernel records them as it does processes. */
export const storm = `
import sys, threading, time
end = time.monotonic() + float(sys.argv[1])
while time.monotonic() < end:
    one = threading.Thread(target=int)
    one.start()
    one.join()
`;
