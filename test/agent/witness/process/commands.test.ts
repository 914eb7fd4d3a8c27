import t from 'tap';
import { maxCommands } from '../../../../agent/protocol/witness.ts';
import { commandsNaming } from '../../../../agent/witness/process/commands.ts';
import { createLives } from '../../../../agent/witness/process/lives.ts';

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

t.test('of many the newest are told, in order', async (t) => {
  const lives = createLives();
  for (let i = 0; i < 100; i += 1)
    begin(lives, 19 - i / 100, 1000 + i, ['systemctl', 'web.service']);
  const told = commandsNaming(lives, asked, unseen).map(({ process }) => process.pid);
  t.same(
    told,
    Array.from({ length: maxCommands }, (_, i) => 1000 + maxCommands - 1 - i),
  );
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
