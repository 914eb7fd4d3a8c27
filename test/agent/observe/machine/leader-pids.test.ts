import t from 'tap';
import { leaderPids } from '../../../../agent/observe/machine/leader-pids.ts';
import { bot, lifeOf, pane, running } from '../../model/sample.ts';

t.test('one owner with many panes keeps nobody else waiting', async (t) => {
  const life = lifeOf(running, bot);
  const of = (server: string, pids: readonly number[]) => ({
    ...{ ...life, server, life: server },
    panes: pids.map((pid) => ({ ...pane(1), pid })),
  });
  const many = Array.from({ length: 1000 }, (_, n) => 10_000 + n);
  const lives = { many: of('many', many), few: of('few', [7, 0, 8]) };
  const leaders = leaderPids({ ...running, lives });
  const [server] = Object.values(running.servers);
  t.strictSame(leaders.slice(0, 5), [server?.instance?.pid, 10_000, 7, 10_001, 10_002]);
  t.equal(leaders.indexOf(8), 5);
  t.equal(leaders.length, 1003);
});
