import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { entryOf } from '../../../../agent/tell/journal/entry.ts';
import { type KindName, kinds } from '../../../../agent/tell/journal/kinds.ts';
import { kindOf, notable } from '../../../../agent/tell/journal/notable.ts';
import { contextOf, history, sample, unchanged } from './sample-events.ts';

const root = join(import.meta.dirname, '../../../..');

/** Entries of a catalog by their id: header lines, then a text. */
const catalog = new Map(
  readFileSync(join(root, 'systemd/holdfast.catalog'), 'utf8')
    .replace(/^#.*\n/gm, '')
    .split(/^-- /m)
    .slice(1)
    .map((text): [string, string] => [text.slice(0, text.indexOf('\n')), text]),
);

const ids = Object.values(kinds).map(({ id }) => id);

t.test('ids are 128 bits, and no two are the same', async (t) => {
  for (const id of ids) t.match(id, /^[0-9a-f]{32}$/);
  t.equal(new Set(ids).size, ids.length);
});

t.test('every MESSAGE_ID has an entry in the catalog, and the other way round', async (t) => {
  t.same([...catalog.keys()].sort(), [...ids].sort());
  for (const text of catalog.values()) {
    t.match(text, /^.*\nSubject: .+\nDefined-By: .+\nSupport: .+\nDocumentation: .+\n\n[A-Z].+/);
  }
});

t.test('every kind is what some type of event may be, and a history has them', async (t) => {
  t.same(Object.values(notable).flat().sort(), Object.keys(kinds).sort());
  const events = [
    ...history,
    ...[true, false].map((clean) =>
      sample('agent.started', { previous: { seq: 1, at: 2, clean, bootId: '' } }),
    ),
    ...['suspend', 'resume', 'leave', 'close'].map((decision) =>
      sample('decision.made', { decision }),
    ),
    ...(['needs-login', 'logged-out'] as const).map((to) =>
      sample('bot.connection_changed', { to }),
    ),
    ...(['gave-up', 'needs-person'] as const).map((reason) => sample('refresh.held', { reason })),
    ...(['failed', 'healthy'] as const).map((to) =>
      sample('health.changed', { from: 'degraded', to }),
    ),
  ];
  for (const how of ['stopped', 'died'] as const) events.push(sample('unit.ended', { how }));
  const seen = new Set(events.map(kindOf).filter((kind) => kind !== null));
  t.same([...seen].sort(), Object.keys(kinds).sort());

  const context = contextOf(events);
  for (const event of events) {
    const kind = kindOf(event);
    if (kind === null) continue;
    const names = entryOf(event, context, unchanged)?.map(([name]) => name) ?? [];
    const asked = catalog.get(kinds[kind].id)?.matchAll(/@(\w+)@/g) ?? [];
    for (const [, field = ''] of asked) t.ok(names.includes(field), `${kind} has ${field}`);
  }
});

t.test('no command in the catalog holds a name that strangers chose', async (t) => {
  for (const text of catalog.values()) {
    const commands = [...text.matchAll(/`([^`]*)`/g)].map((match) => match[1] ?? '');
    for (const command of commands) t.notMatch(command.replace('@HOLDFAST_INCIDENT@', ''), /@\w+@/);
  }
});

t.test('errors are what somebody has to act on', async (t) => {
  const names = Object.keys(kinds) as KindName[];
  t.same(
    names.filter((name) => kinds[name].priority === 3),
    [
      ...[
        'config.rejected',
        'recovery.suspended',
        'alert.failed',
        'refresh.gave-up',
        'unit.failed',
      ],
      ...['log.quarantined', 'log.degraded'],
    ],
  );
});
