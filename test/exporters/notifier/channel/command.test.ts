import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createCommand } from '../../../../exporters/notifier/channel/command.ts';
import type { Channel, Outcome } from '../../../../exporters/notifier/channel.ts';
import { sampleCard } from '../sample-card.ts';
import { never } from './receiving.ts';

const env = {
  PATH: process.env['PATH'],
  HOME: '/nowhere',
  LANG: 'C.UTF-8',
  CREDENTIALS_DIRECTORY: '/run/credentials/x',
  NOTIFY_SOCKET: '/run/x',
};

const channelOf = (command: string, limitMs?: number): Channel =>
  createCommand({ name: 'log', command, env, ...(limitMs !== undefined && { limitMs }) });

const run = (command: string, card = sampleCard(), limitMs?: number): Promise<Outcome> =>
  channelOf(command, limitMs).deliver(card, null, never());

const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

t.test('what it is given', async (t) => {
  const directory = t.testdir();
  const [input, environment] = ['in', 'env'].map((name) => join(directory, name));
  t.match(channelOf('true'), { name: 'command:log', audience: 'programs', paceMs: 200 });
  const headline = 'claude "api" $(touch /tmp/x) `x`; died\nÄ';
  const outcome = await run(`cat > ${input}; env > ${environment}`, sampleCard({ headline }));
  t.same(outcome, { kind: 'accepted', receipt: null, detail: 'exit code 0' });
  const { type, data } = JSON.parse(readFileSync(input ?? '', 'utf8'));
  t.equal(type, 'holdfast.alert.firing');
  t.equal(data.headline, headline);
  const text = readFileSync(environment ?? '', 'utf8');
  t.match(text, 'HOLDFAST_ALERT=alert-1\n');
  t.match(text, 'HOLDFAST_SEVERITY=error\n');
  t.match(text, 'HOLDFAST_STATUS=firing\n');
  t.match(text, `HOLDFAST_HEADLINE=${headline}\n`);
  t.match(text, 'HOME=/nowhere\n');
  t.notMatch(text, /CREDENTIALS_DIRECTORY|NOTIFY_SOCKET/);
});

t.test('what the exit codes mean', async (t) => {
  t.match(await run('exit 75'), { kind: 'later', code: '75' });
  t.match(await run('exit 1'), { kind: 'refused', code: '1', message: 'exit code 1' });
  t.match(await run('/does/not/exist'), { kind: 'unusable', code: '127', message: /not found/ });
  t.match(await run('/dev/null'), { kind: 'unusable', code: '126' });
  t.match(await run('kill -TERM $$'), { kind: 'later', code: 'SIGTERM' });
});

t.test('its last words are shown, harmless and without secrets', async (t) => {
  const outcome = await run(
    'echo first; printf "\\033[31mtoken=abcdef123456789\\n\\n" >&2; exit 2',
  );
  t.match(outcome, { kind: 'refused', message: /^exit code 2: token=\[redacted\]$/ });
  t.match(await run('echo well'), { kind: 'accepted', detail: 'exit code 0: well' });
});

t.test('what it prints is bounded', async (t) => {
  const outcome = await run('head -c 20000000 /dev/zero | tr "\\0" x; echo; echo end');
  t.match(outcome, { kind: 'accepted', detail: 'exit code 0: end' });
  const long = await run('head -c 20000000 /dev/zero | tr "\\0" x');
  t.match(long, { detail: 'exit code 0' }, 'a line whose beginning is lost is not shown');
  const lines = await run(
    'yes "a line of output" | head -n 100000; echo "end $(yes y | head -n 500 | tr -d "\\n")"',
  );
  t.ok(lines.kind === 'accepted' && lines.detail.startsWith('exit code 0: end y'));
  t.ok(lines.kind === 'accepted' && lines.detail.length < 300);
});

t.test('it need not read', async (t) => {
  const details = [{ label: 'x', text: 'y'.repeat(1_000_000) }];
  t.match(await run('exec 0<&-; exit 0', sampleCard({ details })), { kind: 'accepted' });
  t.match(await run('exit 3', sampleCard({ details })), { kind: 'refused', code: '3' });
});

/** With more time where a loaded machine has not even begun with it. */
const overTime = async (t: Test, limitMs = 300): Promise<number> => {
  const file = join(t.testdir(), 'pid');
  const command = `sleep 600 & echo $! > ${file}.new; mv ${file}.new ${file}; wait`;
  const outcome = await run(command, sampleCard(), limitMs);
  const message = `killed after ${limitMs / 1000} s`;
  t.match(outcome, { kind: 'later', code: 'timeout', message });
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : overTime(t, 2 * limitMs);
};

t.test('its time over, it is killed with all it started', async (t) => {
  const pid = await overTime(t);
  while (isRunning(pid)) await new Promise(setImmediate);
  t.pass('it is gone');
});

t.test('it is killed when we end', async (t) => {
  const stop = new AbortController();
  const directory = t.testdir();
  const file = join(directory, 'started');
  const delivery = channelOf(`touch ${file}; sleep 600`).deliver(sampleCard(), null, stop.signal);
  while (!existsSync(file)) await new Promise(setImmediate);
  stop.abort();
  t.match(await delivery, { kind: 'later', code: 'aborted' });
  t.match(await channelOf('sleep 600').deliver(sampleCard(), null, stop.signal), { kind: 'later' });
});

t.test('what it leaves in the background does not hold us up', async (t) => {
  const file = join(t.testdir(), 'pid');
  const outcome = await run(`sleep 600 & echo $! > ${file}; echo done`);
  t.match(outcome, { kind: 'accepted', detail: 'exit code 0: done' });
  const pid = Number(readFileSync(file, 'utf8'));
  t.ok(isRunning(pid), 'it was not waited for');
  process.kill(pid, 'SIGKILL');
});

t.test('a text that no variable can hold', async (t) => {
  const headline = `a\0b${'x'.repeat(200_000)}`;
  t.match(await run('test "$HOLDFAST_STATUS" = firing', sampleCard({ headline })), {
    kind: 'accepted',
  });
});

t.test('without a PATH of ours there is the usual one', async (t) => {
  const channel = createCommand({ name: 'log', command: 'ls / > /dev/null', env: {} });
  t.match(await channel.deliver(sampleCard(), null, never()), { kind: 'accepted' });
  t.ok(execFileSync('/bin/sh', ['-c', 'true'], { env: {} }));
});
