import t from 'tap';
import { parseProcStat } from '../../../../agent/model/proc-stat.ts';
import { maxCommands } from '../../../../agent/protocol/witness.ts';
import { commandsNaming } from '../../../../agent/witness/process/commands.ts';
import { createLives } from '../../../../agent/witness/process/lives.ts';
import type { Sight } from '../../../../agent/witness/process/sight.ts';
import { statOf } from './fake-proc.ts';

const asked = { naming: ['web', 'web.service'], from: 10, until: 20 };
const unseen = () => null;

const begin = (
  lives: ReturnType<typeof createLives>,
  at: number,
  pid: number,
  argv: string[],
  file = '/usr/bin/systemctl',
) => {
  lives.forked(at - 0.2, 1, pid, 'bash');
  lives.asked(at - 0.1, pid, 'bash', argv);
  lives.became(at, pid, 'systemctl', file);
};

t.test(
  'a program that began then with one of the words is told, with its command line',
  async (t) => {
    const lives = createLives();
    begin(lives, 11, 101, ['systemctl', 'stop', 'web']);
    begin(lives, 12, 102, ['systemctl', 'stop', 'website']);
    begin(lives, 13, 103, ['web', 'stop']);
    begin(lives, 21, 104, ['systemctl', 'stop', 'web']);
    begin(lives, 9, 105, ['systemctl', 'stop', 'web']);
    lives.ended(14, 101, 'systemctl');
    const told = commandsNaming(lives, asked, unseen);
    t.match(told, [{ process: { pid: 101, comm: 'systemctl', cmdline: 'systemctl stop web' } }]);
    t.equal(told.length, 1);
  },
);

t.test('one that was asked for and never began is not told', async (t) => {
  const lives = createLives();
  lives.asked(11, 101, 'bash', ['systemctl', 'stop', 'web']);
  t.same(commandsNaming(lives, asked, unseen), []);
});

/** Children of a shell of each of these users, `count` of each, one after the other. */
const beginOf = (
  lives: ReturnType<typeof createLives>,
  shells: readonly number[],
  count: number,
) => {
  for (let n = 0; n < count * shells.length; n += 1) {
    const shell = shells[n % shells.length] ?? 0;
    const at = 11 + n / 1000;
    lives.forked(at - 0.2, shell, 1000 + n, 'bash');
    lives.became(at, 1000 + n, 'systemctl', '/usr/bin/systemctl');
    lives.entered(at, 1000 + n, 'systemctl', ['systemctl', 'web.service']);
  }
};

/** Only the shells are still there, each that of the user of the same number. */
const shellsAlive: Sight = (pid) =>
  pid > 1 && pid < 200
    ? {
        ...{ pid, argv: ['bash'], uid: pid, loginUid: null, auditSession: null },
        ...{ cgroup: null, caught: null, seenAt: 0 },
        stat: parseProcStat(statOf(pid, 1, 1)) as NonNullable<ReturnType<typeof parseProcStat>>,
      }
    : null;

t.test('of many the newest of each user are told, in order', async (t) => {
  const lives = createLives();
  beginOf(lives, [100], 1);
  const [first] = commandsNaming(lives, asked, shellsAlive);
  t.match(first, { process: { pid: 1000, uid: 100 } });

  const many = createLives();
  beginOf(many, [100, 101, 102, 103, 104, 105], 100);
  const told = commandsNaming(many, asked, shellsAlive);
  t.equal(told.length, maxCommands);
  t.strictSame(
    told.map(({ process }) => process.pid),
    Array.from({ length: maxCommands }, (_, n) => 1600 - maxCommands + n),
  );
});

t.test('one user who begins many does not push out another', async (t) => {
  const lives = createLives();
  lives.forked(10.4, 50, 900, 'bash');
  lives.became(10.5, 900, 'systemctl', '/usr/bin/systemctl');
  lives.entered(10.5, 900, 'systemctl', ['systemctl', 'stop', 'web']);
  beginOf(lives, [100], 200);
  const told = commandsNaming(lives, asked, shellsAlive);
  t.match(told[0], { process: { pid: 900, uid: 50 } });
  t.ok(told.length < 20);
});

t.test('a program that only calls itself so is not told', async (t) => {
  const lives = createLives();
  const argv = ['systemctl', 'stop', 'web'];
  begin(lives, 11, 101, argv, '/tmp/systemctl');
  begin(lives, 12, 102, argv, '/usr/bin/sleep');
  begin(lives, 13, 103, ['systemctl stop', 'web']);
  begin(lives, 14, 104, argv, './systemctl');
  begin(lives, 15, 105, argv, '/dev/fd/3');
  begin(lives, 16, 106, ['/bin/systemctl', 'stop', 'web'], '/bin/systemctl');
  t.same(
    commandsNaming(lives, asked, unseen).map(({ process }) => process.pid),
    [106],
  );
});

t.test('whose user was not seen is told apart by his login', async (t) => {
  const lives = createLives();
  // A child that became two programs: whose user it has then, its parent does not tell.
  const become = (pid: number, shell: number, argv: string[]): void => {
    lives.forked(10.4, shell, pid, 'bash');
    lives.became(10.5, pid, 'env', '/usr/bin/env');
    lives.became(10.6, pid, 'systemctl', '/usr/bin/systemctl');
    lives.entered(10.6, pid, 'systemctl', argv);
  };
  become(900, 50, ['systemctl', 'stop', 'web']);
  for (let pid = 1000; pid < 1050; pid += 1) become(pid, 100, ['systemctl', 'is-active', 'web']);
  const withLogins: Sight = (pid, at) => {
    const seen = shellsAlive(pid, at);
    return seen && { ...seen, loginUid: pid };
  };
  const told = commandsNaming(lives, asked, withLogins);
  t.match(told[0], { process: { pid: 900, uid: null, loginUid: 50 } });
  t.ok(told.length < 20);
});
