import t from 'tap';
import { pastEndOf } from '../../../../agent/explain/pattern/past-end-of.ts';
import type { DeadPane } from '../../../../agent/model/events/death.ts';
import type { Verdict } from '../../../../agent/model/events/incident.ts';
import type { HostSample } from '../../../../agent/model/events/measures.ts';
import type { Incident } from '../../../../agent/model/state.ts';
import { verdict } from '../../model/sample-events.ts';
import { at, death } from '../sample-death.ts';
import { cleanup } from './sample-end.ts';

const incidentOf = (said: Verdict | null): Incident => ({
  ...{ incident: '7', server: 'main', openedAt: at, trace: '', verdict: said },
  ...{ lives: ['l'], sessions: ['bot'], counted: 1 },
});

const killed: Verdict = {
  ...verdict('signal'),
  confidence: 'certain',
  signal: { name: 'SIGKILL', number: 9 },
  actor: cleanup(),
};

t.test('an incident with its verdict and a record', async (t) => {
  const host = { memoryAvailableBytes: 5, memoryTotalBytes: 20 } as HostSample;
  const panes = [
    { command: 'bash', historyLines: 3 },
    { command: 'node bot.js --port 80', historyLines: 70 },
  ] as DeadPane[];
  const lastCommand = { text: 'make', source: 'foreground' } as const;
  t.strictSame(pastEndOf(incidentOf(killed), death({ host, panes, lastCommand })), {
    ...{ incident: '7', server: 'main', at, vagueMs: 900, sessions: ['bot'], cause: 'signal' },
    ...{ scope: 'session', signal: 'SIGKILL', actor: cleanup(), certain: true },
    afterPackages: null,
    death: {
      ...{ session: 'bot', ageMs: 60_000, historyLines: 70, lastCommand: 'make', memoryFree: 0.25 },
      programs: ['bash', 'node bot.js --port 80'],
    },
  });
  const own = death({ panes, lastCommand: { text: 'node bot.js', source: 'foreground' } });
  t.match(pastEndOf(incidentOf(killed), own)?.death, { lastCommand: null }, 'its own program');
  const unit = { name: 'gw.service', result: 'signal' };
  t.match(pastEndOf(incidentOf(killed), death({ unit }))?.death, { unit: 'gw.service' });
});

t.test('who did it, as far as the verdict says so', async (t) => {
  const said = (confidence: Verdict['confidence']) =>
    pastEndOf(incidentOf({ ...killed, confidence }), null);
  t.match(said('likely'), { actor: { comm: 'pkill' }, certain: false });
  t.match(said('possible'), { actor: null, certain: false });
});

t.test('whether packages were changed, by what others wrote down', async (t) => {
  const after = (changes: Partial<Verdict>) =>
    pastEndOf(incidentOf({ ...killed, ...changes }), null)?.afterPackages;
  const lines = ['logind', 'packages'].map((source) => ({ at, source, text: 'x' }));
  t.equal(after({ preceded: lines }), true);
  t.equal(after({ evidence: lines }), true, 'what the verdict stands on is no less known');
  t.equal(after({ preceded: lines.slice(0, 1) }), false);
  t.equal(after({}), null, 'by an older release');
});

t.test('what is not known', async (t) => {
  t.equal(pastEndOf(incidentOf(null), death()), null);
  const { actor: _, ...older } = killed;
  t.match(pastEndOf(incidentOf(older), null), { actor: null, death: null, vagueMs: 0 });
  t.match(pastEndOf(incidentOf(older), death())?.death, {
    ...{ historyLines: null, lastCommand: null, memoryFree: null, programs: [] },
  });
});
