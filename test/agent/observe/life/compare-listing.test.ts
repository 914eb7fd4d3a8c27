import t, { type Test } from 'tap';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { maxEnded, type State } from '../../../../agent/model/state.ts';
import { maxPanes } from '../../../../agent/observe/life/birth.ts';
import { compareBrief, compareListing } from '../../../../agent/observe/life/compare-listing.ts';
import type { Ends } from '../../../../agent/observe/life/end-lives.ts';
import type { ExitRecord } from '../../../../agent/protocol/listing.ts';
import {
  after,
  birth,
  born,
  bot,
  configApplied,
  instance,
  pane,
  running,
  started,
  work,
} from '../../model/sample.ts';
import { died, ended, onServer } from '../../model/sample-events.ts';
import { brief, exit, listing, now, paneRow, row, session, world } from '../sample-world.ts';

const both = [session(1, 'bot'), session(2, 'work')];
const nothing = { events: [], screens: [], incident: null };
const absent = after(running, configApplied([]), configApplied());
const successor = { pid: 77, startTime: 99 };

const types = ({ events }: Ends): string[] => events.map(({ type }) => type);

/** What the events make of the state; none of them may be impossible. */
const follow = (t: Test, state: State, { events }: Ends): State => {
  const next = after(state, ...events);
  t.strictSame(next.counts.rejected, state.counts.rejected);
  return next;
};

t.test('what is known already is no event', async (t) => {
  t.strictSame(compareListing(running, listing(both), world()), nothing);
});

t.test('a server nobody watches is not listened to', async (t) => {
  t.strictSame(compareListing(running, listing(both, { server: 'x' }), world()), nothing);
  t.strictSame(compareBrief(running, { ...brief([]), server: 'x' }, world()), nothing);
});

t.test('a server seen for the first time is found, with all its sessions', async (t) => {
  const ends = compareListing(absent, listing([session(5, 'old')]), world());
  t.match(ends.events, [
    { type: 'server.found', data: { server: 'main', managed: true, version: '3.5a', instance } },
    {
      type: 'supervision.started',
      data: { session: 'old', found: 'existing', command: 'program 1005 ***' },
    },
  ]);
  follow(t, absent, ends);
});

t.test('a session that comes later was created', async (t) => {
  const ends = compareListing(running, listing([...both, session(5, 'new')]), world());
  t.match(ends.events, [
    {
      type: 'session.created',
      data: { life: birth('new', 5).life, session: 'new', declared: false, panes: [pane(5)] },
    },
    { type: 'supervision.started', data: { found: 'created' } },
  ]);
  follow(t, running, ends);
});

t.test('a session whose program has not begun has no command yet', async (t) => {
  const early = { ...world(), commandOf: () => 'tmux -S socket start-server' };
  const { events } = compareListing(running, listing([...both, session(5, 'new')]), early);
  t.match(events, [{ type: 'session.created', data: { command: '' } }, {}]);
});

t.test('a session is known by its option, or else by the name tmux gave it', async (t) => {
  const there = { session: 'there', server: 'mine', tmuxName: 'there' };
  const state = after(running, died(bot), { at: now, type: 'session.declared', data: there });
  const named = (changes: Partial<ReturnType<typeof session>>) => {
    const [event] = compareListing(
      state,
      listing([session(2, 'work'), session(5, 'x', changes)]),
      world(),
    ).events;
    return event?.type === 'session.created'
      ? [event.data.session, event.data.tmuxName, event.data.declared]
      : [];
  };
  t.strictSame(named({}), ['x', 'x', false]);
  t.strictSame(named({ declared: 'a.b' }), ['a.b', 'x', true]);
  t.strictSame(named({ name: 'bot' }), ['bot', 'bot', true]);
  t.strictSame(named({ declared: 'there' }), ['x', 'x', false], 'declared on another server');
});

t.test('a rename changes the name tmux shows and nothing else', async (t) => {
  const ends = compareListing(running, listing([session(1, 'other'), session(2, 'work')]), world());
  t.match(ends.events, [
    { type: 'session.renamed', data: { session: 'bot', from: 'bot', to: 'other' } },
  ]);
  t.match(follow(t, running, ends).lives[bot.life], { session: 'bot', tmuxName: 'other' });
});

t.test('panes that come and go are noted, so many of them', async (t) => {
  const many = Array.from({ length: maxPanes + 4 }, (_, n) => paneRow('$1', pane(n + 1)));
  const ends = compareListing(
    running,
    listing(both, { panes: [...many, paneRow('$2', pane(2))] }),
    world(),
  );
  t.match(ends.events, [{ type: 'session.panes_changed', data: { session: 'bot', more: 4 } }]);
  t.equal(follow(t, running, ends).lives[bot.life]?.panes.length, maxPanes);
  const respawned = listing(both, {
    panes: [paneRow('$1', { ...pane(1), pid: 5 }), paneRow('$2', pane(2))],
  });
  t.match(compareListing(running, respawned, world()).events, [{ type: 'session.panes_changed' }]);
});

t.test('who is missing has ended', async (t) => {
  const ends = compareListing(running, listing(both.slice(1)), world());
  t.strictSame(types(ends), ['incident.opened', 'session.died', 'supervision.ended']);
  t.equal(ends.incident, '1');
  t.notOk(follow(t, running, ends).lives[bot.life]);
});

t.test('out of trouble', async (t) => {
  const back = (trouble: 'server.hung' | 'server.socket_lost') => {
    const state = after(running, onServer(trouble));
    const ends = compareListing(state, listing(both), world());
    follow(t, state, ends);
    return ends.events;
  };
  t.match(back('server.hung'), [{ type: 'server.resumed', data: { afterMs: now - born - 9 } }]);
  t.match(back('server.socket_lost'), [{ type: 'server.socket_restored', data: { instance } }]);
});

t.test('another process on the socket: the server before it died, and its lives', async (t) => {
  const told = listing([session(1, 'bot')], { instance: successor });
  const ends = compareListing(running, told, world({ isAlive: ({ pid }) => pid === 77 }));
  t.equal(ends.incident, '1');
  const state = follow(t, running, ends);
  t.match(state.servers['main'], { status: 'alive', instance: successor });
  t.strictSame(
    Object.values(state.lives).map(({ life }) => life),
    ['boot0001/77-99/$1'],
  );
  t.match(
    ends.events.find(({ type }) => type === 'server.died'),
    { data: { how: 'unknown', lives: 2 } },
  );
});

t.test('a stranger on the socket of a server that lives takes no session', async (t) => {
  const ends = compareListing(running, listing([], { instance: successor }), world());
  t.strictSame(types(ends), ['server.socket_lost']);
  const lost = follow(t, running, ends);
  t.strictSame(compareListing(lost, listing([], { instance: successor }), world()), nothing);
});

t.test('a server that died is found again, and one that comes after it', async (t) => {
  const dead = after(running, ended(bot), ended(work), onServer('server.died'));
  const ends = compareListing(dead, listing([], { instance: successor }), world());
  t.strictSame(types(ends), ['server.found']);
  t.match(follow(t, dead, ends).servers['main'], { status: 'alive', instance: successor });
});

t.test('a listing from before a death is not believed after it', async (t) => {
  const dead = after(running, ended(bot), ended(work), onServer('server.died'));
  t.strictSame(compareListing(dead, listing(both), world({ isAlive: () => false })), nothing);
  t.match(
    compareListing(dead, listing(both), world()).events[0],
    { type: 'server.found' },
    'it was no death',
  );
});

t.test('the quick listing ends lives, and does nothing else', async (t) => {
  t.strictSame(
    compareBrief(running, brief([row('$1', 1), row('$2', 2), row('$9', 9)]), world()),
    nothing,
  );
  const ends = compareBrief(running, brief([row('$2', 2)]), world());
  t.strictSame(types(ends), ['incident.opened', 'session.died', 'supervision.ended']);
  follow(t, running, ends);
});

t.test(
  'the quick listing of a server in trouble, or of another one, is not believed',
  async (t) => {
    for (const trouble of ['server.hung', 'server.socket_lost'] as const) {
      t.strictSame(compareBrief(after(running, onServer(trouble)), brief([]), world()), nothing);
    }
    t.strictSame(compareBrief(running, { ...brief([]), instance: successor }, world()), nothing);
  },
);

const crashed = (n: number, changes: Partial<ExitRecord> = {}) =>
  exit(`$${n}`, n, { shell: false, status: 1, ...changes });

t.test('a life that came and went unseen is told by the exit its server wrote down', async (t) => {
  const rows = [row('$1', 1), row('$2', 2)];
  const ends = compareBrief(running, brief(rows, [crashed(7, { declared: 'job' })]), world());
  t.strictSame(types(ends), [
    'session.created',
    'supervision.started',
    'incident.opened',
    'session.died',
    'supervision.ended',
  ]);
  t.match(ends.events[0], {
    data: { session: 'job', declared: true, createdAt: now, life: birth('', 7).life },
  });
  t.match(ends.events[3], { data: { exit: { status: 1 }, alive: 2 } });
  const state = follow(t, running, ends);
  t.strictSame(compareBrief(state, brief(rows, [crashed(7)]), world()), nothing, 'once');
  t.strictSame(compareListing(state, listing(both, { exits: [crashed(7)] }), world()), nothing);
  t.strictSame(types(compareListing(running, listing(both, { exits: [exit('$7', 7)] }), world())), [
    'session.created',
    'supervision.started',
    'session.ended',
    'supervision.ended',
  ]);
});

t.test('what is known to live, to have ended, or to be older is not unseen', async (t) => {
  const rows = [row('$1', 1), row('$2', 2)];
  const told = (state: State, ...exits: ExitRecord[]) =>
    types(compareBrief(state, brief(rows, exits), world()));
  t.strictSame(told(running, crashed(7, { last: false })), []);
  t.strictSame(told(running, crashed(7, { at: born - 1001 })), [], 'before the server was found');
  t.strictSame(told(running, crashed(1), crashed(2)), []);
  const setBack = born - 3_600_000;
  const late = brief(rows, [crashed(7, { at: setBack - 5000 })]);
  const unseen = compareBrief(running, late, world({ now: setBack }));
  t.ok(types(unseen).includes('session.died'), 'the clock was set back');
  t.strictSame(told(after(running, ended(bot)), crashed(1)), []);
});

t.test('the exits of sessions forgotten long ago are not taken for unseen', async (t) => {
  const many = Array.from({ length: maxEnded + 1 }, (_, i) => birth('x', 10 + i));
  const over = after(running, ...many.flatMap((one): NewEvent[] => [started(one), ended(one)]));
  const rows = [row('$1', 1), row('$2', 2)];
  t.strictSame(compareBrief(over, brief(rows, [crashed(10), crashed(11)]), world()), nothing);
  t.equal(types(compareBrief(over, brief(rows, [crashed(11 + maxEnded)]), world())).length, 5);
});
