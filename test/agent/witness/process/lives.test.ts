import t from 'tap';
import { createLives } from '../../../../agent/witness/process/lives.ts';
import { programAt } from '../../../../agent/witness/process/process-life.ts';

const filesOf = (lives: ReturnType<typeof createLives>, pid: number, at: number) => {
  const life = lives.at(pid, at);
  const program = life && programAt(life, at);
  return program && { file: program.file, argv: program.argv };
};

t.test('a life from its beginning to its end', async (t) => {
  const lives = createLives();
  lives.forked(10, 1, 2, 'sh');
  lives.asked(11, 2, 'sh', ['kill', '-9']);
  lives.became(12, 2, 'kill', '/bin/kill');
  lives.ended(20, 2, 'kill');
  t.match(lives.at(2, 15), { parent: 1, comm: 'kill', endedAt: 20 });
  t.equal(filesOf(lives, 2, 10.5), null, 'no program of its own yet');
  t.same(filesOf(lives, 2, 12), { file: '/bin/kill', argv: ['kill', '-9'] });
  t.equal(lives.at(2, 9), null, 'before it began');
  t.equal(lives.at(2, 30), null, 'after it ended');
  t.equal(lives.at(3, 15), null);
});

t.test('a pid that is used again', async (t) => {
  const lives = createLives();
  lives.forked(10, 1, 2, 'sh');
  lives.became(12, 2, 'kill', '/bin/kill');
  lives.ended(20, 2, 'kill');
  lives.forked(30, 5, 2, 'sh');
  t.equal(lives.at(2, 15), null, 'the one before is not known any more');
  t.ok(lives.usedAgain(2, 15));
  t.notOk(lives.usedAgain(2, 31));
  t.match(lives.at(2, 31), { parent: 5, execs: [] });
});

t.test('a program that was only asked for never began', async (t) => {
  const lives = createLives();
  lives.forked(10, 1, 2, 'sh');
  lives.asked(11, 2, 'sh', ['nonsense']);
  t.equal(filesOf(lives, 2, 50), null);
  lives.asked(60, 2, 'sh', ['kill']);
  lives.became(61, 2, 'kill', '/bin/kill');
  lives.asked(70, 2, 'kill', ['nonsense']);
  t.same(filesOf(lives, 2, 80), { file: '/bin/kill', argv: ['kill'] });
  lives.became(5000, 2, 'x', '/bin/x');
  t.same(filesOf(lives, 2, 5001), { file: '/bin/x', argv: null }, 'asked for long before');
});

t.test('arguments that are told at the first instruction', async (t) => {
  const lives = createLives();
  lives.became(10, 2, 'kill', '/bin/kill');
  lives.entered(11, 2, 'kill', ['kill', '-9']);
  t.same(filesOf(lives, 2, 12), { file: '/bin/kill', argv: ['kill', '-9'] });
  lives.entered(20, 3, 'kill', ['kill', '-15']);
  t.same(filesOf(lives, 3, 21), { file: null, argv: ['kill', '-15'] });
  lives.became(22, 3, 'sh', '/bin/sh');
  t.same(filesOf(lives, 3, 23), { file: '/bin/sh', argv: null }, 'those are of the one before');
});

t.test('bounded, in processes and in programs of one', async (t) => {
  const lives = createLives({ most: 10 });
  for (let pid = 1; pid <= 100; pid += 1) lives.forked(pid, 1, pid, 'x');
  t.equal(lives.size(), 10);
  t.equal(lives.at(90, 200), null);
  t.not(lives.at(91, 200), null);
  for (let at = 1; at <= 100; at += 1) lives.became(200 + at, 95, 'x', `/bin/${at}`);
  t.ok((lives.at(95, 400)?.execs.length ?? 0) <= 6);
  t.same(filesOf(lives, 95, 400), { file: '/bin/100', argv: null });
});

t.test('one that will be asked about lasts, until it has ended', async (t) => {
  const lives = createLives({ most: 10, isAskedFor: (pid) => pid <= 2 });
  lives.forked(1, 7, 1, 'tmux');
  lives.entered(2, 1, 'tmux', ['tmux', 'attach']);
  lives.forked(3, 7, 2, 'tmux');
  lives.ended(4, 2, 'tmux: client');
  for (let pid = 10; pid < 100; pid += 1) lives.forked(pid, 1, pid, 'x');
  t.match(lives.at(1, 200), { parent: 7, execs: [{ argv: ['tmux', 'attach'] }] });
  t.equal(lives.at(2, 200), null);
  t.match(lives.ended(300, 1, 'tmux: client'), { parent: 7, endedAt: 300 });
  lives.forked(400, 8, 1, 'x');
  t.match(lives.at(1, 500), { parent: 8, execs: [] }, 'somebody else has the pid');
});

t.test('those that ended take no room of those that last', async (t) => {
  const lives = createLives({ most: 10, isAskedFor: (pid) => pid < 1_000_000 });
  const pushOut = (): void => {
    for (let pid = 1_000_001; pid <= 1_000_020; pid += 1) lives.forked(pid, 1, pid, 'x');
  };
  lives.forked(1, 7, 1, 'tmux');
  for (let pid = 2; pid <= 600; pid += 1) {
    lives.forked(pid, 7, pid, 'tmux');
    pushOut();
    lives.ended(pid, pid, 'tmux: client');
  }
  t.match(lives.at(1, 500), { parent: 7 });
});

t.test('of those that last there are no more than there is room for', async (t) => {
  const lives = createLives({ most: 10, isAskedFor: () => true });
  for (let pid = 1; pid <= 10_000; pid += 1) lives.forked(pid, 1, pid, 'x');
  const kept = Array.from({ length: 10_000 }, (_, n) => lives.at(n + 1, 20_000)).filter(Boolean);
  t.ok(kept.length < 300, `${kept.length}`);
});

t.test('one that is there is known, whatever was told of its beginning', async (t) => {
  const lives = createLives();
  const seen = (pid: number) => ({
    ...{ pid, parent: 7, beganAt: null, endedAt: null, comm: 'tmux: client' },
    execs: [{ at: 500, file: null, began: true, argv: ['tmux', 'attach'] }],
  });
  lives.stands(seen(2));
  t.match(lives.at(2, 600), { parent: 7, execs: [{ argv: ['tmux', 'attach'] }] });
  lives.forked(10, 1, 3, 'sh');
  lives.entered(11, 3, 'tmux', ['tmux', '-C', 'attach']);
  lives.stands(seen(3));
  t.match(lives.at(3, 600), { parent: 1, execs: [{ argv: ['tmux', '-C', 'attach'] }] });
  lives.forked(10, 1, 4, 'sh');
  lives.ended(20, 4, 'sh');
  lives.stands(seen(4));
  t.match(lives.at(4, 600), { parent: 7 }, 'somebody else has the pid');
});

t.test('an end is a moment: somebody else may have the pid then', async (t) => {
  const lives = createLives();
  lives.ended(1000, 2, 'sh');
  t.same(
    [999, 1000, 1500, 1999, 2000, 90_000].map((at) => lives.wasEnding(2, at)),
    [false, true, true, true, false, false],
  );
  t.notOk(lives.wasEnding(3, 1000));
});
