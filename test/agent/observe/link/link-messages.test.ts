import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import * as v from 'valibot';
import { maxEventBytes } from '../../../../agent/model/event.ts';
import { jsonBytes } from '../../../../agent/model/json-size.ts';
import { compareBrief, compareListing } from '../../../../agent/observe/life/compare-listing.ts';
import { serverDied, serverUnreachable } from '../../../../agent/observe/life/server-end.ts';
import { readHello, readNotification } from '../../../../agent/observe/link/link-messages.ts';
import type { LinkNotifications } from '../../../../agent/protocol/link.ts';
import { after, instance, numbered, running, socket } from '../../model/sample.ts';
import { brief, exit, listing, now, row, session, world } from '../sample-world.ts';

type Method = keyof LinkNotifications;

const valid: Partial<Record<Method, object>> = {
  'server.listing': listing([session(1, 'bot')], { exits: [exit('$1', 1)] }),
  'server.brief': brief([row('$1', 1)], [exit('$2', 2)]),
  'server.gone': { server: 'main', instance, how: 'killed', text: 'lost server', at: now },
  'server.unreachable': {
    server: 'main',
    instance: null,
    why: 'absent',
    processState: '',
    socket,
    at: now,
  },
  'link.trouble': { server: 'main', what: 'settings', message: 'unknown option: exit-empty' },
  'link.trouble_over': { server: 'main', what: 'limits' },
  'sockets.found': { sockets: [{ name: 'default', path: '/tmp/tmux-1000/default' }] },
  heartbeat: {},
  screens: { server: 'main', screens: [{ pane: '%1', text: 'x\ny', takenAt: now }] },
};
const methods = Object.keys(valid) as Method[];

const hello = { protocol: 1, version: '1', owner: 'deploy', uid: 1000, pid: 7, tmux: '3.5a' };

t.test('what a link says rightly is taken as it is', async (t) => {
  for (const method of methods) {
    const told = JSON.parse(JSON.stringify(valid[method]));
    t.strictSame(readNotification(method, told), told, method);
  }
  t.strictSame(readHello(hello), hello);
});

type Path = (string | number)[];

/** Every place in a message, down to its leaves. */
const places = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, part]) => places(part, [...path, key]))]
    : [path];

const replaced = (value: unknown, [key, ...rest]: Path, part: unknown): unknown => {
  if (key === undefined) return part;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  copy[String(key)] = replaced(copy[String(key)], rest, part);
  return copy;
};

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0.5,
    1e300,
    '',
    '$1',
    '%1',
    '__proto__',
    [],
    {},
    'x'.repeat(70_000),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 2000 }),
);

const refusedOrRead = (method: Method, params: unknown): LinkNotifications[Method] | null => {
  try {
    return readNotification(method, params);
  } catch (cause) {
    assert.ok(cause instanceof v.ValiError, String(cause));
    return null;
  }
};

t.test('anything else is refused, with the place, and never anything worse', async () => {
  fc.assert(
    fc.property(fc.constantFrom(...methods), fc.jsonValue({ maxDepth: 4 }), (method, params) => {
      refusedOrRead(method, params);
    }),
  );
});

/** All a message may lead to: each event fits, and folds. */
const followThrough = (method: Method, told: LinkNotifications[Method]): void => {
  const surroundings = world({ isAlive: () => false });
  const followed = {
    'server.listing': () =>
      compareListing(running, told as LinkNotifications['server.listing'], surroundings),
    'server.brief': () =>
      compareBrief(running, told as LinkNotifications['server.brief'], surroundings),
    'server.unreachable': () =>
      serverUnreachable(running, told as LinkNotifications['server.unreachable'], surroundings),
    'server.gone': () => {
      const { server, how, text } = told as LinkNotifications['server.gone'];
      return serverDied(running, server, how, text, surroundings);
    },
  } as Partial<Record<Method, () => ReturnType<typeof compareListing>>>;
  const events = followed[method]?.().events ?? [];
  for (const event of numbered(events, running.seq)) {
    assert.ok(jsonBytes(event) <= maxEventBytes, `${event.type} has ${jsonBytes(event)} bytes`);
  }
  assert.deepEqual(
    Object.keys(after(running, ...events).counts.rejected).filter((why) => why !== 'life-exists'),
    [],
  );
};

t.test('a message that is hostile in one place is refused, or does no harm', async () => {
  fc.assert(
    fc.property(fc.constantFrom(...methods), fc.nat(), hostile, (method, n, part) => {
      const message = JSON.parse(JSON.stringify(valid[method]));
      const all = places(message);
      const told = refusedOrRead(method, replaced(message, all[n % all.length] ?? [], part));
      if (told) followThrough(method, told);
    }),
    { numRuns: 1500 },
  );
});

const wide = fc
  .constantFrom('会', '\u{1f4e6}', '\u0001', '"', '\\', '\ud800')
  .map((one) => one.repeat(1200));

t.test('the longest names there can be are cut, not refused, and every event fits', async () => {
  fc.assert(
    fc.property(wide, wide, wide, (name, declared, group) => {
      const sessions = [
        session(1, name, { group }),
        session(7, name, { declared, group }),
        session(8, name),
      ];
      const message = listing(sessions, { exits: [exit('$9', 9, { declared, shell: false })] });
      const told = readNotification('server.listing', JSON.parse(JSON.stringify(message)));
      for (const one of told.sessions)
        assert.ok(jsonBytes(one.name) <= 1002 && name.startsWith(one.name));
      followThrough('server.listing', told);
    }),
  );
});

t.test('a name every object has is no server', async (t) => {
  for (const server of ['constructor', '__proto__', 'Main', '', 'a'.repeat(41), 'a b', 'a\n']) {
    t.throws(() => readNotification('server.brief', { ...brief([]), server }), server);
  }
});

t.test('ids have the shape tmux gives them', async (t) => {
  const rows = [
    ['1', '%1', 1],
    ['$1', '1', 1],
    ['$1', '%1', -1],
    ['$1', '%1', 1.5],
    ['$12345678901', '%1', 1],
    ['$1\n', '%1', 1],
    ['$1', '%1'],
  ];
  for (const one of rows) {
    t.throws(
      () => readNotification('server.brief', { ...brief([]), rows: [one] }),
      JSON.stringify(one),
    );
  }
});

t.test('more than a machine can have is refused', async (t) => {
  const rows = Array.from({ length: 20_001 }, () => row('$1', 1));
  t.throws(() => readNotification('server.brief', brief(rows)));
  const trouble = { server: 'main', what: 'look', message: 'x'.repeat(401) };
  t.throws(() => readNotification('link.trouble', trouble));
  const text = 'x'.repeat(64 * 1024 + 1);
  t.throws(() =>
    readNotification('screens', { server: 'main', screens: [{ pane: '%1', text, takenAt: 1 }] }),
  );
});

t.test('more sockets than an owner has servers do not hide the first of them', async (t) => {
  const sockets = Array.from({ length: 101 }, (_, n) => ({ name: `s${n}`, path: `/${n}` }));
  t.strictSame(readNotification('sockets.found', { sockets }).sockets, sockets.slice(0, 100));
});

t.test('what is no exit does not hide those that are', async (t) => {
  const good = exit('$1', 1);
  const forged = [
    { ...good, pane: '%99999999999' },
    { ...good, at: Number.POSITIVE_INFINITY },
    { ...good, tmuxId: '1' },
    'text',
    null,
  ];
  const exits = [...forged, good, ...forged];
  t.strictSame(readNotification('server.brief', { ...brief([row('$1', 1)]), exits }).exits, [good]);
  const many = Array.from({ length: 2000 }, () => good);
  t.equal(
    readNotification('server.listing', { ...listing([session(1, 'bot')]), exits: many }).exits
      .length,
    500,
  );
});

t.test('a name of any length is cut, and hides nothing', async (t) => {
  const long = { ...session(1, 'bot'), name: 'n'.repeat(1_000_000) };
  const [told] = readNotification('server.listing', listing([long])).sessions;
  t.ok((told?.name.length ?? 0) <= 1000 && told?.name.startsWith('nnn'));
});

t.test('a hello that is none is refused', async (t) => {
  for (const changes of [
    { protocol: 2 },
    { uid: -1 },
    { pid: '7' },
    { owner: 'x'.repeat(65) },
    { tmux: null },
  ]) {
    t.throws(() => readHello({ ...hello, ...changes }), JSON.stringify(changes));
  }
  t.throws(() => readHello(null));
});
