import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import t from 'tap';
import { probeCommand } from '../../../../agent/link/probe/command.ts';

const open = new AbortController().signal;
const probe = (run: string, timeoutMs = 20_000, cwd: string | null = tmpdir(), signal = open) =>
  probeCommand({ run, cwd, timeoutMs }, process.env, signal);

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const untilGone = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
};

t.test(
  '0 is well, 1 degraded, anything else a failure; the first line is the reason',
  async (t) => {
    t.strictSame(await probe('echo fine; echo more'), {
      status: 'ok',
      reason: 'exit status 0: fine',
    });
    t.strictSame(await probe('echo slow; exit 1'), {
      status: 'degraded',
      reason: 'exit status 1: slow',
    });
    t.strictSame(await probe('exit 2'), { status: 'failed', reason: 'exit status 2' });
    t.match(await probe('kill -TERM $$'), { status: 'failed' });
  },
);

t.test('it runs in the directory it was given, and says where that is none', async (t) => {
  t.match(await probe('pwd', 20_000, '/usr/share'), { reason: 'exit status 0: /usr/share' });
  t.match(await probe('pwd', 20_000, '/nowhere/at/all'), {
    status: 'failed',
    reason: 'it cannot be run: ENOENT',
  });
});

t.test('what it prints is cut, and does what to no terminal', async (t) => {
  const flood = await probe('yes "\x1b[31mmany words\x07" | head -c 3000000; exit 3');
  t.strictSame(flood, { status: 'failed', reason: 'exit status 3: many words' });
  const line = await probe('head -c 1000000 /dev/zero | tr "\\0" x');
  t.equal(line.reason.length, 'exit status 0: '.length + 150);
});

t.test('its text is in no argument', async (t) => {
  const seen = await probe('tr "\\0" " " </proc/$PPID/cmdline; : s3cret');
  t.match(seen, { status: 'ok', reason: /timeout -s KILL/ });
  t.notMatch(seen.reason, /s3cret/);
});

t.test('one that hangs ends with all it started', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'probe-'));
  t.teardown(() => rmSync(home, { recursive: true }));
  // Its time passes when all has started, however long that takes; what looks for that has real time.
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const hung = probe(
    'trap "" TERM; sleep 1000 & echo $! >pid; echo done >ready; wait',
    20_000,
    home,
  );
  while (!existsSync(join(home, 'ready'))) await new Promise(setImmediate);
  mock.timers.tick(20_000);
  t.strictSame(await hung, { status: 'failed', reason: 'no answer within 20000 ms' });
  mock.timers.reset();
  await untilGone(Number(readFileSync(join(home, 'pid'), 'utf8')));
});

t.test('what it leaves in the background keeps it from nothing, and is ended', async (t) => {
  const left = await probe('sleep 1000 & echo $!');
  t.match(left, { status: 'ok' });
  await untilGone(Number(left.reason.split(' ').at(-1)));
});

t.test('it ends with the link', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'probe-'));
  t.teardown(() => rmSync(home, { recursive: true }));
  const ending = new AbortController();
  const running = probe('echo $$ >pid; echo done >ready; sleep 1000', 20_000, home, ending.signal);
  while (!existsSync(join(home, 'ready'))) await new Promise((resolve) => setTimeout(resolve, 10));
  ending.abort();
  t.match(await running, { status: 'failed', reason: 'the link ends' });
  await untilGone(Number(readFileSync(join(home, 'pid'), 'utf8')));
});
