import t from 'tap';
import type { LeaderSample } from '../../../../agent/model/events/measures.ts';
import { emptySamples, type LifeSample } from '../../../../agent/model/samples.ts';
import { composeDeath } from '../../../../agent/observe/life/death-record.ts';
import type { ExitRecord } from '../../../../agent/protocol/listing.ts';
import { bot, lifeOf, pane, running } from '../../model/sample.ts';
import { now } from '../sample-world.ts';

const leader: LeaderSample = {
  ...{ at: now - 900, ageMs: 5000, handles: [2], cpuSoft: null, cpuHard: 60, fileSize: null },
  ...{ cpuMs: 20, cpuAt: now - 900 },
};

/** The panes of the record, where the process with this pid was looked at, and this was the session's last end. */
const recorded = (pid: number, exit: ExitRecord | null = null) => {
  const life = { ...lifeOf(running, bot), panes: [pane(1)] };
  const known = { command: 'node', historyLines: 0, screen: null, leader: { pid, sample: leader } };
  const sample: LifeSample = {
    ...{ resyncs: 1, lastSeen: now, lastActivityAt: null, foreground: null, usage: null },
    ...{ recent: [], panes: new Map([[pane(1).id, known]]) },
  };
  const { record } = composeDeath(life, {
    ...{ incident: '1', found: now, alive: 0, others: [], serverState: 'alive', exits: [] },
    ...{ exit, unseen: false, linkSince: 0, redact: (text) => text },
    samples: { ...emptySamples(), lives: new Map([[life.life, sample]]) },
  });
  return record.panes;
};

t.test('what was seen of the leader of a pane is in the record of its death', async (t) => {
  t.strictSame(recorded(pane(1).pid)[0]?.leader, leader);
});

t.test('but not what was seen of the one before it', async (t) => {
  const [record] = recorded(4711);
  t.match(record, { pid: pane(1).pid });
  t.notOk('leader' in (record ?? {}));
});

t.test('its screen is the last that was seen, if need be by the agent before', async (t) => {
  const life = { ...lifeOf(running, bot), panes: [pane(1)] };
  const shown = (text: string) => ({ text, shown: 1, takenAt: now - 9 });
  const recorded = (own: string | null) => {
    const known = { command: '', historyLines: 0, screen: own === null ? null : shown(own) };
    const sample: LifeSample = {
      ...{ resyncs: 1, lastSeen: now, lastActivityAt: null, foreground: null, usage: null },
      ...{ recent: [], panes: new Map([[pane(1).id, known]]) },
    };
    const { record, screens } = composeDeath(life, {
      ...{ incident: '1', found: now, alive: 0, others: [], serverState: 'alive', exits: [] },
      ...{ exit: null, unseen: false, linkSince: 0, redact: (text) => text },
      samples: {
        ...emptySamples(),
        lives: new Map([[life.life, sample]]),
        screensBefore: new Map([[life.life, new Map([[pane(1).id, shown('old')]])]]),
      },
    });
    return [screens, record.screens.map(({ tail, takenAt }) => [tail, takenAt])];
  };
  t.strictSame(recorded(null), [['old'], [['old', now - 9]]]);
  t.strictSame(recorded('new'), [['new'], [['new', now - 9]]]);
});

const lastExit = (id: string, pid: number): ExitRecord => ({
  ...{ tmuxId: '$1', pane: id, pid, shell: false, last: true, declared: '' },
  ...{ status: null, signal: 9, at: now },
});

t.test(
  'the program that was last is in it, also where it came after the last listing',
  async (t) => {
    const [id, pid] = [pane(1).id, pane(1).pid];
    const known = recorded(pid, lastExit(id, pid));
    t.equal(known.length, 1);
    for (const [otherId, otherPid] of [
      [id, 4711],
      ['%77', 4711],
    ] as const) {
      const [last, ...others] = recorded(pid, lastExit(otherId, otherPid));
      t.match(last, { id: otherId, pid: 4711, startTime: 0, exit: { status: null, signal: 9 } });
      t.match(others, [{ id, pid }]);
    }
  },
);
