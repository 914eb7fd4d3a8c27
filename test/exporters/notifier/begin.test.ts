import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createSettings, keptSettings } from '../../../exporters/notifier/agent/settings.ts';
import { begin } from '../../../exporters/notifier/begin.ts';
import { settings, Tale } from './classify/sample-events.ts';
import { type Rig, rigFor } from './sample-desk.ts';

/** Nobody answers there. */
const beginWith = (t: Test, { outbox }: Rig, said: string[] = []) =>
  begin(outbox, 0, {
    agentSocket: join(t.testdir(), 'agent.sock'),
    say: (level, message) => said.push(`${level}: ${message}`),
    signal: AbortSignal.abort(),
  });

const stored = (t: Test) => {
  const rig = rigFor(t);
  const tale = new Tale();
  rig.desk.take(tale.died(['a']));
  createSettings(settings, rig.outbox);
  return { rig, tale };
};

t.test('with book and settings of the last run no agent is needed', async (t) => {
  const { rig, tale } = stored(t);
  t.match(await beginWith(t, rig), { book: { cursor: tale.seq }, settings });
  rig.outbox.keepFact('settings', JSON.stringify(settings));
  t.match(await beginWith(t, rig), { settings }, 'also with those of the time without numbers');
});

t.test('settings that cannot be read are asked for, and the book is kept', async (t) => {
  for (const kept of [JSON.stringify({ schema: 2, ...settings }), '{"schema":', '[]x']) {
    const { rig, tale } = stored(t);
    rig.outbox.keepFact('settings', kept);
    t.equal(keptSettings(rig.outbox), null);
    const said: string[] = [];
    await t.rejects(beginWith(t, rig, said), { name: 'AbortError' });
    t.same(said, ['warn: the agent does not answer yet']);
    t.equal(rig.outbox.cursor(), tale.seq);
  }
});

t.test('a book that cannot be read is said, and begun anew where it ended', async (t) => {
  const { rig, tale } = stored(t);
  rig.database.exec("update book set json = json_set(json, '$.schema', 2)");
  const said: string[] = [];
  const { book } = await beginWith(t, rig, said);
  t.match(book, { cursor: tale.seq, alerts: {} });
  t.match(said, [/^error: .*another release/]);
});

t.test('new settings are kept, and the same are no change', async (t) => {
  const { rig } = stored(t);
  const current = createSettings(settings, rig.outbox);
  let asked = settings;
  const agent = { call: async () => asked } as never;
  asked = { ...settings };
  await current.refresh(agent);
  t.equal(current.current(), settings);
  asked = { ...settings, host: 'other' };
  await current.refresh(agent);
  t.equal(current.current().host, 'other');
  t.match(keptSettings(rig.outbox), { host: 'other' });
});
