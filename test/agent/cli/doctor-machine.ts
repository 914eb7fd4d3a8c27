import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import type {
  Check,
  Finding,
  KnownEvidence,
  WatchedServer,
} from '../../../agent/cli/doctor/check.ts';
import { type Machine, machineAt } from '../../../agent/cli/doctor/machine.ts';

export const uid = process.getuid?.() ?? 0;

/** A directory that stands for `/`, with these files. */
export const machineWith = (
  t: Test,
  files: Record<string, string>,
  more: Partial<Machine> = {},
): Machine => {
  const root = mkdtempSync(join(tmpdir(), 'hfc-root-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { ...machineAt(root, { uid, stateDir: '/' }), ...more };
};

export const server: WatchedServer = {
  ...{ server: 'default', socket: '/tmp/tmux-1000/default', pid: 90 },
  ...{ sessions: [], unlimited: null },
};
export const booted = { '/run/systemd/system/.keep': '' };

/** What a check finds: `warn`, or `ok ok`. */
export const statuses = async (
  check: Check,
  machine: Machine,
  servers = [server],
  evidence: KnownEvidence | null = null,
): Promise<string> =>
  (await check(machine, servers, evidence)).map(({ status }) => status).join(' ');

export const only = async (
  check: Check,
  machine: Machine,
  servers = [server],
  evidence: KnownEvidence | null = null,
): Promise<Finding> => {
  const [finding, ...more] = await check(machine, servers, evidence);
  if (!finding || more.length > 0) throw new Error(`expected one finding, got ${more.length + 1}`);
  return finding;
};

/** A server in the login of a user. */
export const inScope = {
  ...booted,
  '/proc/90/cgroup': '0::/user.slice/user-1000.slice/session-3.scope\n',
  '/proc/90/status': 'Name:\ttmux\nUid:\t1000\t1000\t1000\t1000\n',
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/bash\n',
};
