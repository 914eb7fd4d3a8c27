import t from 'tap';
import { monotonicNow } from '../../../../agent/witness/clock.ts';
import { identify } from '../../../../agent/witness/process/identify.ts';
import { createLives } from '../../../../agent/witness/process/lives.ts';
import { lookAt, type ProcFacts } from '../../../../agent/witness/process/proc.ts';
import { createSight, lookAlong, type Sight } from '../../../../agent/witness/process/sight.ts';
import { fakeProc, statOf } from './fake-proc.ts';

const nobody: Sight = () => null;

const factsOf = (
  pid: number,
  ppid: number,
  argv: string[] | null,
  more: Partial<ProcFacts> = {},
): ProcFacts => ({
  ...{ pid, stat: { pid, comm: 'c', state: 'S', ppid, startTime: 1 } as ProcFacts['stat'], argv },
  seenAt: 20,
  ...{ uid: 5, loginUid: 6, auditSession: 7, cgroup: '/x', caught: null },
  ...more,
});

const sightOf =
  (...all: ProcFacts[]): Sight =>
  (pid) =>
    all.find(({ stat }) => stat.pid === pid) ?? null;

t.test('a sender that is gone is known by the records, and by its parent', async (t) => {
  const lives = createLives();
  lives.forked(10, 50, 2, 'sh');
  lives.became(11, 2, 'kill', '/bin/kill');
  lives.entered(12, 2, 'kill', ['kill', '-9', '7']);
  const who = identify(2, 13, 'kill', sightOf(factsOf(50, 1, ['sh', 'stop.sh'])), lives);
  t.match(who, { pid: 2, startTime: null, cmdline: 'kill -9 7', seenBy: 'probe' });
  t.match(who, { cgroup: '/x', loginUid: 6, auditSession: 7 });
  t.match(who.ancestry, [{ pid: 50, cmdline: 'sh stop.sh', seenBy: 'proc' }]);
  t.match(who.ancestry[1], { pid: 1, startTime: null, cmdline: null }, 'not looked at');
  t.equal(who.ancestry.length, 2);
});

t.test('one that ends while it is read has the rest of its parents', async (t) => {
  const lives = createLives();
  lives.forked(9, 50, 40, 'cron');
  lives.forked(10, 40, 2, 'sh');
  lives.became(11, 2, 'pkill', '/usr/bin/pkill');
  const parts = { uid: null, loginUid: null, auditSession: null, cgroup: null };
  const cron = factsOf(50, 1, ['cron'], { cgroup: '/system.slice/cron.service' });
  const killer = factsOf(2, 40, ['pkill', '-9', 'x'], parts);
  const parent = factsOf(40, 50, ['sh'], { ...parts, uid: 5 });
  const whole = { cgroup: '/system.slice/cron.service', loginUid: 6, auditSession: 7, uid: 5 };
  t.match(identify(2, 13, 'pkill', sightOf(killer, parent, cron), lives), {
    ...{ ...whole, cmdline: 'pkill -9 x', seenBy: 'proc' },
  });
  const own = factsOf(2, 40, null, { ...parts, loginUid: 8 });
  t.match(identify(2, 13, 'pkill', sightOf(own, parent, cron), lives), { ...whole, loginUid: 8 });
  const who = identify(2, 13, 'pkill', sightOf(own, parent), lives);
  t.match(who, { loginUid: 8, cgroup: null }, 'what was read of it counts where nobody has more');
  const begun = createLives();
  begun.forked(10, 1, 2, 'systemd');
  const unread = identify(2, 13, 'pkill', sightOf(factsOf(2, 1, null, parts), init()), begun);
  t.match(unread, { uid: null, cgroup: null, loginUid: null }, 'nothing of the first process');
});

const init = (more: Partial<ProcFacts> = {}): ProcFacts =>
  factsOf(1, 0, ['/sbin/init'], { uid: 0, cgroup: '/init.scope', ...more });

t.test('the line of parents ends with the first process', async (t) => {
  const lives = createLives();
  const sight = sightOf(factsOf(2, 50, ['sh']), factsOf(50, 1, ['cron']), init());
  const { ancestry } = identify(2, 13, 'sh', sight, lives);
  t.match(ancestry, [{ pid: 50 }, { pid: 1, startTime: 1, comm: 'c', cmdline: '/sbin/init' }]);
  t.equal(ancestry.length, 2);
  t.match(identify(50, 13, 'cron', sight, lives).ancestry, [{ pid: 1, seenBy: 'proc' }]);
  t.strictSame(identify(1, 13, 'systemd', sight, lives).ancestry, []);
  const ofKernel = sightOf(factsOf(7, 2, null), factsOf(2, 0, null));
  t.same(
    identify(7, 13, 'kworker', ofKernel, lives).ancestry.map(({ pid }) => pid),
    [2],
    'threads of the kernel do not come from it',
  );
});

t.test(
  'what the first process started and is gone has neither its user nor its cgroup',
  async (t) => {
    const lives = createLives();
    lives.forked(10, 1, 2, 'systemd');
    lives.became(11, 2, 'kill', '/bin/kill');
    const who = identify(2, 13, 'kill', sightOf(init()), lives);
    t.match(who, { uid: null, cgroup: null, loginUid: null, ancestry: [{ pid: 1 }] });
  },
);

t.test('nothing known', async (t) => {
  const who = identify(2, 13, 'kill', nobody, createLives());
  t.match(who, { pid: 2, comm: 'kill', cmdline: null, seenBy: null, uid: null, ancestry: [] });
});

t.test('a file only', async (t) => {
  const lives = createLives();
  lives.became(11, 2, 'k', '/tmp/k');
  t.match(identify(2, 13, 'k', nobody, lives), { cmdline: '/tmp/k', seenBy: 'file' });
});

t.test('the file of a process that calls itself otherwise', async (t) => {
  const known = (file: string, argv: string[], telling: 'asked' | 'entered' = 'asked') => {
    const lives = createLives();
    if (telling === 'asked') lives.asked(10, 2, 'x', argv);
    lives.became(11, 2, 'x', file);
    if (telling === 'entered') lives.entered(12, 2, 'x', argv);
    return identify(2, 13, 'x', nobody, lives);
  };
  const forged = known('/usr/bin/pkill', ['sshd', '-9', 'tmux']);
  t.match(forged, { cmdline: 'sshd -9 tmux', file: '/usr/bin/pkill', seenBy: 'probe' });
  for (const [file, ...argv] of [
    ['/bin/kill', 'kill', '-9'],
    ['/bin/kill', '/usr/bin/kill', '-9'],
    ['/bin/bash', '-bash'],
    ['/usr/bin/tmux', 'tmux: client (/tmp/x)'],
    ['/usr/sbin/tidy-up', '/bin/sh', '/usr/sbin/tidy-up'],
    ['/usr/bin/x.py', '/usr/bin/env', 'python3', '/usr/bin/x.py'],
  ] as const) {
    t.notOk('file' in known(file, argv, 'entered'), argv.join(' '));
  }
  t.equal(known('/dev/fd/3', ['sshd']).file, '/dev/fd/3', 'fexecve');
  t.equal(known('', ['sshd']).file, '/dev/fd/', 'where the kernel does not say that much');
  t.equal(known('/bin/kill', ['']).file, '/bin/kill');
  t.ok((known(`/${'x'.repeat(5000)}`, ['sh']).file?.length ?? 0) < 300);

  const lives = createLives();
  lives.became(11, 2, 'x', '/usr/bin/pkill');
  const seen = sightOf(factsOf(2, 1, ['sshd', '-9']));
  t.match(identify(2, 13, 'x', seen, lives), { file: '/usr/bin/pkill', seenBy: 'proc' });
  lives.forked(14, 2, 3, 'x');
  t.match(identify(3, 15, 'x', seen, lives), { ancestry: [{ pid: 2, file: '/usr/bin/pkill' }] });
});

t.test('a child is what its parent was, until it becomes another program', async (t) => {
  const lives = createLives();
  lives.became(5, 50, 'bash', '/bin/bash');
  lives.forked(10, 50, 2, 'bash');
  t.match(identify(2, 13, 'bash', nobody, lives), { cmdline: '/bin/bash', seenBy: 'file' });
  const sight = sightOf(factsOf(50, 1, ['bash', 'stop.sh']));
  t.match(identify(2, 13, 'bash', sight, lives), { cmdline: 'bash stop.sh', seenBy: 'proc' });
  lives.asked(11, 2, 'bash', ['nonsense']);
  t.match(identify(2, 13, 'bash', sight, lives), { cmdline: 'bash stop.sh' }, 'it was refused');
});

t.test('who became another program before anybody looked is not called by that', async (t) => {
  const sight = sightOf(factsOf(2, 50, ['node', 'bot.js']), factsOf(50, 1, ['bash', 'start.sh']));
  const became = (at: number, file: string, lives = createLives()) => {
    lives.became(at, 2, 'x', file);
    return lives;
  };
  const at = 13;
  const told = { cmdline: 'node bot.js', seenBy: 'proc' };
  const unknown = identify(2, at, 'sh', sight, became(14, '/usr/bin/node'));
  t.match(unknown, { comm: 'sh', cmdline: null, seenBy: null, uid: 5, cgroup: '/x' });
  t.match(identify(2, at, 'sh', sight, became(21, '/usr/bin/vi')), told, 'it did so later');
  t.match(identify(2, at, 'node', sight, became(12, '/usr/bin/node')), told);
  const file = became(14, '/usr/bin/node', became(12, '/bin/sh'));
  t.match(identify(2, at, 'sh', sight, file), { cmdline: '/bin/sh', seenBy: 'file' });
  const child = createLives();
  child.forked(12, 50, 2, 'bash');
  became(14, '/usr/bin/node', child);
  t.match(identify(2, at, 'bash', sight, child), { cmdline: 'bash start.sh', seenBy: 'proc' });
});

t.test('where a killer came from whose parent is gone', async (t) => {
  const lives = createLives();
  lives.forked(10, 50, 60, 'py');
  lives.forked(20, 60, 2, 'py');
  lives.ended(30, 60, 'py');
  lives.became(100, 2, 'kill', '/bin/kill');
  // /proc names who took it over.
  const sight = sightOf(
    factsOf(2, 1, ['kill']),
    factsOf(50, 40, ['python', 'x.py']),
    factsOf(40, 1, ['tmux']),
  );
  const { ancestry } = identify(2, 200, 'kill', sight, lives);
  t.same(
    ancestry.map(({ pid, cmdline }) => [pid, cmdline]),
    [
      [60, 'python x.py'],
      [50, 'python x.py'],
      [40, 'tmux'],
      [1, null],
    ],
  );
});

t.test('a thread is its process, as sender and as parent', async (t) => {
  const lives = createLives();
  lives.forked(10, 51, 2, 'kill');
  const sight = sightOf(factsOf(50, 1, ['java']), factsOf(51, 1, ['java'], { pid: 50 }));
  t.equal(identify(51, 20, 'pool-1', sight, lives).pid, 50);
  t.same(
    identify(2, 20, 'kill', sight, lives).ancestry.map(({ pid }) => pid),
    [50, 1],
  );
});

t.test('a thread that ends while it is read is its process', async (t) => {
  const lives = createLives();
  lives.threadComes(50, 51);
  lives.forked(5, 50, 51, 'timer');
  const parts = { pid: null, uid: null, loginUid: null, auditSession: null, cgroup: null };
  const thread = factsOf(51, 0, null, parts);
  const bot = factsOf(50, 1, ['python', 'bot.py']);
  const known = { pid: 50, cmdline: 'python bot.py', uid: 5, loginUid: 6, cgroup: '/x' };
  t.match(identify(51, 20, 'timer', sightOf(thread, bot), lives), known);
  const told = factsOf(51, 0, null, { ...parts, pid: 50 });
  t.match(identify(51, 20, 'timer', sightOf(told, bot), createLives()), known);
  t.match(identify(51, 20, 'timer', sightOf(thread), createLives()), { pid: 51, cgroup: null });
});

t.test('the process of a thread is looked at with it', async (t) => {
  const looked: number[] = [];
  const of = sightOf(factsOf(51, 40, ['runc'], { pid: 50 }), factsOf(40, 1, ['shim']));
  const look: Sight = (pid, at) => {
    looked.push(pid);
    return of(pid, at);
  };
  lookAlong(look, 51, 20);
  t.strictSame(looked, [51, 50, 40]);
});

t.test('who has the pid by now is not asked', async (t) => {
  const lives = createLives();
  lives.forked(30, 50, 2, 'other');
  const who = identify(2, 29, 'kill', sightOf(factsOf(2, 50, ['other'])), lives);
  t.match(who, { comm: 'kill', cmdline: null, startTime: null, uid: null, ancestry: [] });
});

t.test('secrets, lengths and bytes that are no text', async (t) => {
  const told = (argv: string[]): string =>
    identify(2, 13, 'x', sightOf(factsOf(2, 1, argv)), createLives()).cmdline ?? '';
  t.notMatch(told(['mysql', '--password=hunter2butlonger']), /hunter2/);
  const long = told(['x', ...Array.from({ length: 2000 }, () => '-p')]);
  t.ok(long.length > 100 && long.length <= 300);
  const token = `ghp_${'a1B2'.repeat(9)}`;
  for (let before = 240; before < 300; before += 7) {
    t.notMatch(told(['x', 'a'.repeat(before), token]), /ghp_a1/, 'cut in the middle of a secret');
  }
  const torn = told(['x', `${'a'.repeat(297)}\u{1f600}`, '\ud800']);
  t.ok(torn.isWellFormed());
});

t.test('a ring of parents ends', async (t) => {
  const ring = sightOf(factsOf(2, 3, ['a']), factsOf(3, 4, ['b']), factsOf(4, 3, ['c']));
  const pids = identify(2, 13, 'x', ring, createLives()).ancestry.map(({ pid }) => pid);
  t.same(pids, [3, 4]);
  const endless: Sight = (pid) => factsOf(pid, pid + 1, ['x']);
  t.equal(identify(2, 13, 'x', endless, createLives()).ancestry.length, 12);
  const deep: Sight = (pid) => (pid > 0 ? factsOf(pid, pid - 1, ['x']) : null);
  const told = (pid: number) => identify(pid, 13, 'x', deep, createLives()).ancestry.at(-1)?.pid;
  t.same([told(13), told(14)], [1, 2], 'only where the line reaches the first process');
});

t.test('a sight looks once', async (t) => {
  const proc = fakeProc(t);
  proc.put(7, { stat: statOf(7, 5, 1) });
  let looks = 0;
  const sight = createSight((pid, at) => {
    looks += 1;
    return lookAt(pid, at, proc.path);
  });
  t.equal(sight(7, 1000), sight(7, 1000));
  t.equal(sight(8, 1000), sight(8, 1000));
  t.equal(looks, 2, 'at who is gone, too');
});

t.test('where records were lost, another one may have the pid by now', async (t) => {
  const lives = createLives();
  lives.forked(10, 50, 2, 'sh');
  lives.became(11, 2, 'backup.sh', '/usr/bin/backup.sh');
  lives.entered(12, 2, 'backup.sh', ['backup.sh', '--nightly']);
  const at = monotonicNow();
  const startTime = Math.floor(at / 10) - 1;
  const other = factsOf(2, 60, ['evil'], { stat: { ...factsOf(2, 60, []).stat, startTime } });
  const who = identify(2, at, 'evil', sightOf(other, factsOf(60, 1, ['sh'])), lives);
  t.match(who, { cmdline: 'evil', seenBy: 'proc', startTime });
  t.match(who.ancestry, [{ pid: 60, cmdline: 'sh' }, { pid: 1 }]);
});
