import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { incidentWindowMs, openIncident } from '../../../agent/explain/incident.ts';
import { maxEventBytes } from '../../../agent/model/event.ts';
import type { Life, State } from '../../../agent/model/state.ts';
import { after, birth, born, bot, lifeOf, numbered, running, work } from '../model/sample.ts';
import { opened } from '../model/sample-events.ts';

const lives = [lifeOf(running, bot), lifeOf(running, work)];
const trace = 't'.repeat(32);

const named = (names: readonly string[]): Life[] =>
  names.map((name, i) => ({ ...birth(name, i), supervisedSince: born }));

t.test('the first deaths open an incident', async (t) => {
  const { incident, events, joined } = openIncident(running, 'main', lives, born);
  t.equal(incident, '1');
  t.strictSame(joined, []);
  t.strictSame(events, [
    {
      at: born,
      type: 'incident.opened',
      data: {
        incident: '1',
        server: 'main',
        lives: [bot.life, work.life],
        sessions: ['bot', 'work'],
      },
    },
  ]);
});

t.test('nobody dead, nothing opened', async (t) => {
  t.strictSame(openIncident(running, 'main', [], born), { incident: '1', events: [], joined: [] });
});

t.test('deaths within two seconds of the first make it grow, with its trace', async (t) => {
  const state = after(running, opened('1', ['bot']));
  for (const at of [born, born + incidentWindowMs, born - incidentWindowMs]) {
    const { incident, events, joined } = openIncident(state, 'main', lives.slice(1), at);
    t.equal(incident, '1');
    t.strictSame(joined, ['bot']);
    t.match(events, [
      { at, type: 'incident.grew', trace, data: { incident: '1', lives: [work.life] } },
    ]);
  }
});

t.test('later ones, and those of another server, open another', async (t) => {
  const state = after(running, opened('1', ['bot']));
  t.equal(openIncident(state, 'main', lives, born + incidentWindowMs + 1).incident, '2');
  t.equal(openIncident(state, 'mine', lives, born).incident, '2');
  const elsewhere = after(state, {
    ...opened('2'),
    data: { incident: '2', server: 'mine', lives: [], sessions: [] },
  } as Parameters<typeof after>[1]);
  t.equal(openIncident(elsewhere, 'main', lives, born).incident, '1');
});

t.test('a clock set back reopens no older incident', async (t) => {
  const later = { ...opened('2', ['work']), at: born + 60_000 };
  const state = after(running, opened('1', ['bot']), later);
  t.equal(openIncident(state, 'main', lives, born).incident, '3');
});

const sizes = (state: State, dead: readonly Life[]): number[] =>
  numbered(openIncident(state, 'main', dead, born).events).map((event) =>
    Buffer.byteLength(JSON.stringify(event)),
  );

t.test('however many die and whatever they are called, each event fits', async () => {
  const names = fc.constantFrom('a', '会'.repeat(200), '\u{1f4e6}'.repeat(200), '"'.repeat(200));
  fc.assert(
    fc.property(fc.array(names, { minLength: 1, maxLength: 500, size: 'max' }), (all) => {
      for (const state of [running, after(running, opened('1', ['bot']))]) {
        const dead = named(all);
        const { events } = openIncident(state, 'main', dead, born);
        assert.ok(sizes(state, dead).every((bytes) => bytes <= maxEventBytes));
        const told = events.flatMap(({ type, data }) =>
          type === 'incident.opened' || type === 'incident.grew' ? data.lives : [],
        );
        assert.deepEqual(
          told,
          dead.map(({ life }) => life),
        );
        const { incidents, counts } = after(state, ...events);
        assert.deepEqual(counts.rejected, {});
        assert.equal(incidents['1']?.lives.length, dead.length + (state === running ? 0 : 1));
      }
    }),
    { numRuns: 30 },
  );
});
