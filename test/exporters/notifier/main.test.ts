import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { homePaths } from '../../../agent/paths.ts';
import { takeLock } from '../../../exporters/notifier/outbox/lock.ts';

const program = join(import.meta.dirname, '../../../exporters/notifier/main.ts');

interface Running {
  child: ChildProcess;
  ended: Promise<unknown[]>;
  /** Resolves with the first line that says so. */
  says(text: string): Promise<Record<string, unknown>>;
}

/** A notifier without an agent: it has its outbox, and waits for somebody to answer. */
const start = (t: Test, home: string): Running => {
  const child = spawn(process.execPath, [program, '--home', home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  t.teardown(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    child.emit('said');
  });
  const says = async (text: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const line = lines.find((line) => line.includes(text));
      if (line !== undefined) return JSON.parse(line.slice(line.indexOf('{')));
      const [event] = await Promise.race([once(child, 'said'), ended.then(() => ['end'])]);
      if (event === 'end' && !lines.some((line) => line.includes(text))) {
        throw new Error(`it ended and said only: ${lines.join('\n')}`);
      }
    }
  };
  return { child, ended, says };
};

const waiting = 'the agent does not answer yet';

t.test('an outbox has one notifier, and another when that is killed', async (t) => {
  const home = t.testdir();
  const file = join(homePaths(home).notifierDir, 'outbox.db');
  const first = start(t, home);
  await first.says(waiting);

  const second = start(t, home);
  t.match(await second.says('cannot start'), {
    level: 'error',
    code: 'outbox-in-use',
    why: `another notifier tells what waits in ${file}`,
  });
  t.same(await second.ended, [73, null]);
  t.equal(first.child.exitCode, null, 'the first one goes on');

  first.child.kill('SIGKILL');
  await first.ended;
  const third = start(t, home);
  await third.says(waiting);
  third.child.kill('SIGTERM');
  t.same(await third.ended, [0, null]);
});

t.test('the lock is taken before the outbox is looked at', async (t) => {
  const home = t.testdir({ state: { notifier: {} } });
  const file = join(homePaths(home).notifierDir, 'outbox.db');
  const lock = takeLock(file);
  t.teardown(() => lock.close());
  await start(t, home).says('outbox-in-use');
  t.notOk(existsSync(file));
});
