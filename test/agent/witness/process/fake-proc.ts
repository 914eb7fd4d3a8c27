import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

/** A directory like /proc, with processes that are put there. */
export const fakeProc = (t: Test) => {
  const path = mkdtempSync(join(tmpdir(), 'hfw-proc-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    slept: (seconds: number): void => writeFileSync(join(path, 'uptime'), `${seconds} 1.00\n`),
    put(pid: number, files: Record<string, string>): void {
      mkdirSync(join(path, String(pid)), { recursive: true });
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(path, String(pid), name), text);
      }
    },
  };
};

/** `startTime`: ticks since the boot. */
export const statOf = (pid: number, ppid: number, startTime: number, comm = 'sleep'): string =>
  `${pid} (${comm}) S ${ppid} ${pid} ${pid} 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 ${startTime} 0 0\n`;
