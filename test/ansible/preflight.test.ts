import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { own, role, tasks } from './role.ts';

interface Condition {
  ok: string;
  say: string;
}

const conditions = own['__holdfast_conditions'] as Condition[];
const withoutExpressions = (text: string): string => text.replace(/\{\{.*?\}\}/gs, 'X');

t.test('every condition of the preflight has a sentence that says what to do', async (t) => {
  t.ok(conditions.length > 15);
  for (const { ok, say } of conditions) {
    t.match(ok, /^\{\{ .* \}\}$/s, say);
    // What is wrong, a colon or a full stop, then what to do.
    t.match(withoutExpressions(say), /^.{15,}[:.] \w.{15,}\.$/s);
  }
  t.equal(new Set(conditions.map(({ say }) => say)).size, conditions.length);
});

t.test('every assertion tells a person something', async (t) => {
  const asserts = tasks.flatMap((task) => task['ansible.builtin.assert'] ?? []) as {
    fail_msg?: string;
  }[];
  t.ok(asserts.length > 1);
  for (const { fail_msg: message = '' } of asserts) t.match(message, /\S{5}/);
});

const probe = join(role, 'files/probe.sh');

t.test(
  'a process with our name counts where it is of root or a user who was named, of nobody else',
  { skip: process.getuid?.() === 0 ? false : 'needs root' },
  async (t) => {
    const byHand = (...users: string[]): string[] => {
      const { stdout } = spawnSync('sh', [probe, ...users], { encoding: 'utf8' });
      return /^by_hand=(.*)$/m.exec(stdout)?.[1]?.split(' ') ?? [];
    };
    const start = (uid: number): string => {
      const child = spawn('sh', ['-c', 'read _', 'holdfast', 'up'], { uid });
      t.teardown(() => child.kill('SIGKILL'));
      return String(child.pid);
    };
    const [ours, stranger] = [start(0), start(65_534)];
    while (!byHand().includes(ours)) await new Promise((resolve) => setTimeout(resolve, 20));
    t.notOk(byHand('no-such-user').includes(stranger));
    t.ok(byHand('no-such-user', 'nobody').includes(stranger));
  },
);

t.test('the probe answers every question with one line, here too', async (t) => {
  const run = spawnSync('sh', [probe, 'root', 'no-such-user'], { encoding: 'utf8' });
  t.equal(run.status, 0);
  t.equal(run.stderr, '');
  const lines = run.stdout.trimEnd().split('\n');
  for (const line of lines) t.match(line, /^[a-z0-9_-]+=/);
  const answers = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s)));
  t.equal(Object.keys(answers).length, lines.length);
  t.equal(answers['uid_root'], '0');
  t.equal(answers['uid_no-such-user'], '');
  t.match(answers['memory_mb'], /^\d+$/);
  t.match(answers['now'], /^\d{10}$/);
  t.match(answers['var_free_mb'], /^\d+$/);
});
