import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { root } from './units.ts';

/** Runs it where `systemctl` says what it is told, and `sleep` passes at once. */
const stillDown = (systemctl: string): { status: number | null; asked: string } => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-down-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  const asked = join(directory, 'asked');
  const program = (name: string, text: string): void => {
    writeFileSync(join(directory, name), `#!/bin/sh\necho "${name} $*" >>'${asked}'\n${text}\n`);
    chmodSync(join(directory, name), 0o755);
  };
  program('sleep', '');
  program('systemctl', systemctl);
  const { status } = spawnSync(join(root, 'systemd/lib/still-down'), ['holdfast-link@a.service'], {
    env: { PATH: `${directory}:${process.env['PATH']}` },
  });
  return { status, asked: readFileSync(asked, 'utf8') };
};

t.test('a unit that runs again is no reason to tell anybody', async (t) => {
  const { status, asked } = stillDown('echo active');
  t.equal(status, 1);
  t.equal(asked, 'sleep 20\nsystemctl is-active -- holdfast-link@a.service\n');
  t.equal(stillDown('echo reloading').status, 1);
});

t.test('one that does not is, and so is a systemd that says nothing', async (t) => {
  for (const state of ['failed', 'inactive', 'activating', 'deactivating', 'unknown']) {
    t.equal(stillDown(`echo ${state}; exit 3`).status, 0, state);
  }
  t.equal(stillDown('echo "Failed to connect to bus" >&2; exit 1').status, 0);
});
