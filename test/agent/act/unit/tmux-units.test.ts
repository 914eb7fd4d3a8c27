import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { execute } from '../../../../agent/act/executor.ts';
import { tmuxUnits } from '../../../../agent/act/unit/tmux-units.ts';
import { TmuxFailure } from '../../../../agent/model/failure.ts';
import { handsUpon } from '../sample-hands.ts';

const directory = mkdtempSync(join(tmpdir(), 'hf-units-'));
const path = process.env['PATH'] ?? '';
t.teardown(() => {
  process.env['PATH'] = path;
  rmSync(directory, { recursive: true });
});

/** Stands in for systemctl(1): this machine may have no manager. */
const fakeSystemctl = (script: string): void => {
  const file = join(directory, 'systemctl');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env['PATH'] = `${directory}:${path}`;
};

t.test('one verb on one unit, and nobody is asked for a password', async (t) => {
  const said = join(directory, 'said');
  fakeSystemctl(`echo "$@" >>${said}`);
  await tmuxUnits.start('deploy');
  await tmuxUnits.reload('a.b-c');
  t.strictSame(readFileSync(said, 'utf8').split('\n'), [
    '--no-ask-password start holdfast-tmux@deploy.service',
    '--no-ask-password reload holdfast-tmux@a.b-c.service',
    '',
  ]);
});

t.test("systemctl's own words say why not", async (t) => {
  fakeSystemctl('echo "Access denied" >&2; exit 4');
  await t.rejects(tmuxUnits.start('deploy'), { code: 'unit-refused', message: /Access denied$/ });
});

t.test('a name that would be another unit is refused', async (t) => {
  for (const name of ['../x', 'a b', 'a@b', '']) {
    await t.rejects(tmuxUnits.start(name), { code: 'no-such-unit' }, name);
  }
});

t.test('in a system the unit starts the server, and the link says that it answers', async (t) => {
  const started: string[] = [];
  const units = {
    start: async (owner: string) => void started.push(owner),
    reload: async () => {},
  };
  const { hands, steps } = handsUpon(undefined, { units });
  const target = { server: 'main', session: null, life: null };
  await execute(hands, { kind: 'server.start', target, reason: 'died' });
  t.strictSame(started, ['deploy']);
  t.ok(steps.includes('server.start'));
});

t.test('what a link cannot repair the unit does', async (t) => {
  let calls = 0;
  const reloaded: string[] = [];
  const units = {
    start: async () => {},
    reload: async (owner: string) => void reloaded.push(owner),
  };
  const call = async () => {
    calls += 1;
    if (calls === 1) throw new TmuxFailure('x', 'EACCES');
    return {} as never;
  };
  const target = { server: 'main', session: null, life: null };
  const repair = { kind: 'socket.repair', target, reason: 'socket-lost' } as const;
  const outcome = await execute(handsUpon(undefined, { units, call }).hands, repair);
  t.match(outcome, { outcome: 'done' });
  t.strictSame(reloaded, ['deploy']);
  calls = 0;
  const alone = await execute(handsUpon(undefined, { call }).hands, repair);
  t.match(alone, { outcome: 'failed' }, 'without units it fails');
});
