import t from 'tap';
import { begin } from '../../../agent/app/begin.ts';
import type { Event } from '../../../agent/model/event.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import { unitsServer } from '../../../agent/model/unit-state.ts';
import { after, numbered } from '../model/sample.ts';
import { at, death, ended, life, unitUp } from '../model/unit-sample.ts';

const trace = 'e'.repeat(32);
const opening = { incident: '7', server: unitsServer, lives: [life], sessions: ['gateway'] };
const before = after(unitUp, { at, type: 'incident.opened', trace, data: opening });
const [dead] = numbered([{ ...ended({ death }), trace }]);

/** Begins after a run that left an incident unexplained, with a log that is read so. */
const beginWith = async (read: () => Promise<Event[]>) => {
  const taken: [string, readonly Event[]][] = [];
  const troubles: string[] = [];
  const takes = (name: string) => ({ take: (events: Event[]) => taken.push([name, events]) });
  await begin(
    { log: { read }, before, quarantined: null, record: () => undefined } as never,
    {
      ...{ configuration: { begin: () => undefined }, world: () => ({}) },
      ...{ samples: emptySamples(), lastLines: takes('lines') },
    } as never,
    { verdicts: takes('verdicts') } as never,
    { onTrouble: (what: string) => troubles.push(what) } as never,
    { startedAt: at, bootId: 'b', embedded: true, screensFile: '/proc/none/screens.json' },
  );
  return { taken, troubles };
};

t.test('what was left unexplained is explained, and its last lines are looked for', async (t) => {
  const { taken, troubles } = await beginWith(async () => (dead ? [dead] : []));
  t.strictSame(taken, [
    ['verdicts', [dead]],
    ['lines', [dead]],
  ]);
  t.strictSame(troubles, []);
});

t.test('a log that cannot be read is told, and the agent runs', async (t) => {
  const { taken, troubles } = await beginWith(() => Promise.reject(new Error('no log')));
  t.strictSame(taken, []);
  t.strictSame(troubles, ['old incidents stay unexplained']);
});
