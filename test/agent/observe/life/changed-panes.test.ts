import t from 'tap';
import { maxEventBytes, type NewEvent } from '../../../../agent/model/event.ts';
import type { State } from '../../../../agent/model/state.ts';
import { maxPanes } from '../../../../agent/observe/life/birth.ts';
import { changedPanes } from '../../../../agent/observe/life/changed-panes.ts';
import { compareBrief, compareListing } from '../../../../agent/observe/life/compare-listing.ts';
import { after, birth, born, lifeOf, pane, running, started } from '../../model/sample.ts';
import { brief, exit, listing, now, paneRow, row, session, world } from '../sample-world.ts';

/** Two sessions of a group, known with panes 1 and 3: `b` is a view of `a`, whose own birth was before there was a group. */
const both = [pane(1, true), pane(3, true)];
const a = birth('a', 5, { panes: both });
const b = birth('b', 6, { panes: both, group: 'grouped' });
const known = after(running, started(a), started(b));

/** Pane 3 has ended, and there is a new view `c`, which tmux lists first. */
const views = [session(7, 'c', { group: 'grouped' }), session(5, 'a'), session(6, 'b')];
const others = [session(1, 'bot'), session(2, 'work')];
const otherPanes = [paneRow('$1', pane(1)), paneRow('$2', pane(2))];
const listed = listing([...others, ...views], {
  panes: [...otherPanes, ...views.map(({ tmuxId }) => paneRow(tmuxId, pane(1, true)))],
});
const { events } = compareListing(known, listed, world());

/** What is known after a crash that kept so many of the events of that listing. */
const torn = (kept: number): State => after(known, ...events.slice(0, kept));

t.test('whatever a crash keeps of a listing, those of a group have the same panes', async (t) => {
  t.strictSame(
    events.map(({ type }) => type),
    ['session.panes_changed', 'session.panes_changed', 'session.created', 'supervision.started'],
  );
  t.match(events[0], { data: { life: a.life, panes: [pane(1, true)], mates: [b.life] } });
  t.notOk('mates' in (events[1]?.data ?? {}), 'it was said before');
  for (const kept of events.keys()) {
    const panes = [a, b].map((one) => lifeOf(torn(kept), one).panes.length);
    t.strictSame(panes, kept === 0 ? [2, 2] : [1, 1], `${kept} kept`);
  }
});

t.test('so the end of one is known as that of the others, after any crash', async (t) => {
  // One was written down for the view, the last one for the session it is a view of.
  const exits = [exit('$6', 3, { last: false, status: null, signal: 15 }), exit('$5', 1)];
  const rest = [row('$1', 1), row('$2', 2)];
  for (let kept = 0; kept <= events.length; kept += 1) {
    const ends = compareBrief(torn(kept), brief(rest, exits), world()).events;
    const told = ends.filter(({ type }) => type === 'session.ended' || type === 'session.died');
    const lives = kept < events.length ? 2 : 3;
    t.match(told, Array(lives).fill({ data: { reason: 'shell-exit' } }), `${kept} kept`);
    t.equal(told.length, lives);
  }
});

t.test(
  'who has panes of its own has no mates, and who has the same as before no event',
  async (t) => {
    const lives = [a, b].map((one) => lifeOf(known, one));
    const listedWith = (...numbers: number[]) =>
      lives.map((life, i) => ({
        life,
        rows: [pane(numbers[i] ?? 0), pane(9)].map((one) => paneRow(life.tmuxId, one)),
      }));
    t.match(changedPanes(listedWith(1, 3), now), [
      { data: { life: a.life, panes: [pane(1), pane(9)], more: 0, mates: undefined } },
      { data: { life: b.life, panes: [pane(3), pane(9)], more: 0, mates: undefined } },
    ]);
    const same = lives.map((life) => ({
      life,
      rows: both.map((one) => paneRow(life.tmuxId, one)),
    }));
    t.strictSame(changedPanes(same, now), []);
  },
);

t.test('a group of very many is told in events that are small enough', async (t) => {
  const many = Array.from({ length: 120 }, (_, n) => birth(`view ${n}`, 90_000 + n));
  const state = after(running, ...many.map((one) => started(one)));
  const panes = Array.from({ length: maxPanes + 1 }, (_, n) => ({
    ...{ id: `%${900_000 + n}`, pid: 4_000_000 + n, startTime: 900_000_000_000, shell: false },
  }));
  const changes = changedPanes(
    many.map((one) => ({
      life: lifeOf(state, one),
      rows: panes.map((one_) => paneRow(one.tmuxId, one_)),
    })),
    now,
  );
  const mates = changes.map(({ data }) => ('mates' in data ? (data.mates?.length ?? 0) : 0));
  t.equal(changes.length, 120);
  t.strictSame(
    [mates[0], mates[51], mates[102], mates.filter((count) => count > 0).length],
    [...[50, 50, 17, 3]],
  );
  const sizes = changes.map((event: NewEvent) => JSON.stringify(event).length);
  t.ok(Math.max(...sizes) < maxEventBytes / 2);
  t.match(changes[0], { data: { more: 1 } });
  const [first] = changes;
  const half = first ? after(state, first) : state;
  t.equal(
    Object.values(half.lives).filter(({ panes: { length } }) => length === maxPanes).length,
    51,
  );
});

t.test('a mate that is not known is left out', async (t) => {
  const data = { life: a.life, session: 'a', panes: [pane(1)], more: 0, mates: ['x', b.life] };
  const state = after(known, { at: born, type: 'session.panes_changed', data });
  t.strictSame(state.counts.rejected, {});
  t.strictSame(
    [a, b].map((one) => lifeOf(state, one).panes),
    [[pane(1)], [pane(1)]],
  );
  t.notOk('x' in state.lives);
});
