import t from 'tap';
import type { LeaderSample } from '../../../../agent/model/events/death.ts';
import { emptySamples, type LifeSample } from '../../../../agent/model/samples.ts';
import { composeDeath } from '../../../../agent/observe/life/death-record.ts';
import { bot, lifeOf, pane, running } from '../../model/sample.ts';
import { now } from '../sample-world.ts';

const leader: LeaderSample = {
  ...{ at: now - 900, ageMs: 5000, handles: [2], cpuSoft: null, cpuHard: 60, fileSize: null },
  ...{ cpuMs: 20, cpuAt: now - 900 },
};

/** The pane of the record, where the process with this pid was looked at. */
const recorded = (pid: number) => {
  const life = { ...lifeOf(running, bot), panes: [pane(1)] };
  const known = { command: 'node', historyLines: 0, screen: null, leader: { pid, sample: leader } };
  const sample: LifeSample = {
    ...{ resyncs: 1, lastSeen: now, lastActivityAt: null, foreground: null, usage: null },
    ...{ recent: [], panes: new Map([[pane(1).id, known]]) },
  };
  const { record } = composeDeath(life, {
    ...{ incident: '1', found: now, alive: 0, others: [], serverState: 'alive', exits: [] },
    ...{ exit: null, unseen: false, linkSince: 0, redact: (text) => text },
    samples: { ...emptySamples(), lives: new Map([[life.life, sample]]) },
  });
  return record.panes[0];
};

t.test('what was seen of the leader of a pane is in the record of its death', async (t) => {
  t.strictSame(recorded(pane(1).pid)?.leader, leader);
});

t.test('but not what was seen of the one before it', async (t) => {
  const record = recorded(4711);
  t.match(record, { pid: pane(1).pid });
  t.notOk('leader' in (record ?? {}));
});
