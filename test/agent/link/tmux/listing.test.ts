import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { parseBrief } from '../../../../agent/link/tmux/brief-listing.ts';
import { declaredFormat, endingOptionsFormat } from '../../../../agent/link/tmux/dialect.ts';
import { fullListing, parseFull } from '../../../../agent/link/tmux/full-listing.ts';
import { panesMark } from '../../../../agent/link/tmux/listing.ts';
import { decodeDeclared, encodeDeclared } from '../../../../agent/model/declared-name.ts';
import type { BriefRow, ExitRecord } from '../../../../agent/protocol/listing.ts';

/** A session as tmux would list it. */
interface Listed {
  id: number;
  name: string;
  declared: string;
  created: number;
  attached: number;
  grouped: boolean;
  options: string;
  panes: { id: number; pid: number; activity: number; history: number; shell: boolean }[];
}

interface Server {
  pid: number;
  version: string;
  next: number;
  sessions: Listed[];
  exits: ExitRecord[];
}

const count = fc.nat(2 ** 31);
/** tmux escapes what would break a line; everything else may be in a name. */
const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .map((text) => text.replaceAll('\n', '\\n'));
const declared = fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: '' });

/** Records as the parser makes them. */
const plain = { noNullPrototype: true };

const panes = fc.array(
  fc.record({ id: count, pid: count, activity: count, history: count, shell: fc.boolean() }, plain),
  { minLength: 1, maxLength: 4 },
);
const optionsAre = (destroyUnattached: string, exitUnattached: boolean, exitEmpty: boolean) => ({
  options: { destroyUnattached, exitUnattached, exitEmpty },
});

/** Options that end things, as versions of tmux print them; a version that has none of them tells nothing. */
const optionsOf: Readonly<Record<string, object>> = {
  'off,0,1': optionsAre('off', false, true),
  'keep-last,1,0': optionsAre('keep-last', true, false),
  '1,0,1': optionsAre('on', false, true),
  '0,1,1': optionsAre('off', true, true),
  ',,': {},
  'x,0,1': {},
};

const session = fc.record(
  {
    id: fc.nat(1e9),
    name,
    declared,
    created: count,
    attached: fc.nat(9),
    grouped: fc.boolean(),
    options: fc.constantFrom(...Object.keys(optionsOf)),
    panes,
  },
  plain,
);
const maybe = fc.option(fc.nat(255));
const exit: fc.Arbitrary<ExitRecord> = fc.record(
  {
    tmuxId: fc.nat(1e9).map((n) => `$${n}`),
    pane: fc.nat(1e9).map((n) => `%${n}`),
    pid: count,
    shell: fc.boolean(),
    last: fc.boolean(),
    declared,
    status: maybe,
    signal: maybe,
    at: count.map((seconds) => seconds * 1000),
  },
  plain,
);
const server: fc.Arbitrary<Server> = fc.record(
  {
    pid: count,
    next: fc.integer({ min: 1e9 + 1, max: 2 ** 31 }),
    version: fc.constantFrom('3.3a', '3.4', '3.5a', 'next-3.6'),
    sessions: fc.uniqueArray(session, { selector: ({ id }) => id, maxLength: 8 }),
    exits: fc.array(exit, { maxLength: 5 }),
  },
  plain,
);

const exitText = (one: ExitRecord): string => {
  const { tmuxId, pane, pid, shell, last, declared: name, status, signal, at } = one;
  const counts = last ? [1, 1] : [2, 1];
  const option = name === '' ? '' : encodeDeclared(name);
  const fields = [tmuxId, pane, pid, shell ? 1 : 0, ...counts, option, status, signal, at / 1000];
  return `${fields.map((field) => field ?? '').join(',')};`;
};

/** The first line as its format asks for it. */
const head = ({ pid, version, next, sessions }: Omit<Server, 'exits'>): string =>
  (fullListing[0]?.at(-1) ?? '')
    .replace('#{pid}', String(pid))
    .replace('#{n:#{S:x}}', String(sessions.length))
    .replace('#{next_session_id}', `$$${next}`)
    .replace('#{version}', version);

const output = (given: Server, rows: readonly string[]): string => {
  const written = given.exits.length > 0 ? `${given.exits.map(exitText).join('')}\n` : '';
  const lines = rows.map((row) => `${row}\n`).join('');
  return `${head(given)}\n${written}${panesMark}\n${lines}`;
};

const briefRows = ({ sessions }: Server): BriefRow[] =>
  sessions.flatMap(({ id, panes: all }) =>
    all.map((pane): BriefRow => [`$${id}`, `%${pane.id}`, pane.pid]),
  );

/** The fields as the format asks for them, in its order. */
const fields = (fullListing.at(-1)?.at(-1) ?? '').split('\t');

const fullRows = ({ sessions }: Server): string[] =>
  sessions.flatMap((one) =>
    one.panes.map((pane) => {
      const values: Record<string, string | number> = {
        '#{session_id}': `$${one.id}`,
        '#{pane_id}': `%${pane.id}`,
        '#{pane_pid}': pane.pid,
        '#{session_created}': one.created,
        '#{session_attached}': one.attached,
        '#{window_activity}': pane.activity,
        '#{history_size}': pane.history,
        '#{?pane_start_command,0,1}': pane.shell ? 1 : 0,
        '#{?session_grouped,1,0}': one.grouped ? 1 : 0,
        '#{pane_tty}': `/dev/pts/${pane.id}`,
        [endingOptionsFormat]: one.options,
        [declaredFormat]: one.declared === '' ? '' : encodeDeclared(one.declared),
        '#{session_name}': one.name,
      };
      return fields.map((field) => values[field] ?? assert.fail(`what is ${field}?`)).join('\t');
    }),
  );

const brief = (given: Server): string =>
  output(
    given,
    briefRows(given).map((row) => row.join(' ')),
  );
const full = (given: Server): string => output(given, fullRows(given));

t.test('a quick listing comes back as it was', async () => {
  fc.assert(
    fc.property(server, (given) => {
      const { pid, version, exits, next: nextSession } = given;
      assert.deepEqual(parseBrief(brief(given)), {
        pid,
        version,
        exits,
        nextSession,
        sessions: given.sessions.length,
        rows: briefRows(given),
      });
    }),
  );
});

t.test('of the exits, what no server writes is left out, and the rest is kept', async (t) => {
  const good = '$1,%1,42,0,1,1,,7,,1795194755;';
  const forged = [
    '$1,%99999999999,1,0,1,1,,0,,1;',
    '$9,%9,1,0,1,1,,0,,99999999999999999999;',
    '$900,%900,1,0,1,1,d2Vi,1,,1795194755;',
    'text;',
  ];
  const written = `${forged.join('')}${good}${forged.join('')}`;
  const text = `12 1 $9 3.5a\n${written}\n${panesMark}\n$1 %1 42\n`;
  t.match(parseBrief(text)?.exits, [{ tmuxId: '$1', pid: 42, status: 7 }]);
  t.equal(parseBrief(text)?.exits.length, 1);
  const many = `12 1 $9 3.5a\n${good.repeat(2000)}\n${panesMark}\n$1 %1 42\n`;
  t.equal(parseBrief(many)?.exits.length, 500);
});

t.test('a full listing comes back as it was, whatever the names hold', async () => {
  fc.assert(
    fc.property(server, (given) => {
      const { pid, version, exits, sessions, next: nextSession } = given;
      assert.deepEqual(parseFull(full(given)), {
        pid,
        version,
        exits,
        nextSession,
        sessions: sessions.length,
        rows: sessions.map((one) => ({
          tmuxId: `$${one.id}`,
          name: one.name,
          declared: one.declared,
          createdAt: one.created * 1000,
          group: one.grouped ? 'grouped' : '',
          attached: one.attached,
          ...optionsOf[one.options],
        })),
        terminals: new Set(sessions.flatMap((one) => one.panes.map(({ id }) => `${id}`))),
        panes: sessions.flatMap(({ id, panes: all }) =>
          all.map((pane) => ({
            id: `%${pane.id}`,
            tmuxId: `$${id}`,
            pid: pane.pid,
            shell: pane.shell,
            activityAt: pane.activity * 1000,
            historyLines: pane.history,
          })),
        ),
      });
    }),
  );
});

t.test('a listing that is cut short names every session, or is none', async () => {
  fc.assert(
    fc.property(server, fc.double({ min: 0, max: 1, noNaN: true }), (given, where) => {
      for (const [whole, parse] of [
        [brief(given), parseBrief],
        [full(given), parseFull],
      ] as const) {
        const cut = parse(whole.slice(0, Math.floor(where * (whole.length - 1))));
        assert.ok(cut === null || cut.sessions === given.sessions.length);
        const named = new Set(
          cut?.rows.map((row) => (Array.isArray(row) ? row[0] : row.tmuxId)) ?? [],
        );
        assert.ok(cut === null || named.size === given.sessions.length);
      }
    }),
    { numRuns: 300 },
  );
});

t.test('a listing with a line too few, or one that is no row, is none', async () => {
  const junk = fc.constantFrom(
    '',
    'x',
    '$',
    '$1',
    '%1',
    '$1 %1',
    '$1 %1 x',
    '$x\t%1\t1',
    'é',
    '$1\t%1',
  );
  fc.assert(
    fc.property(server, junk, fc.nat(), (given, line, n) => {
      fc.pre(given.sessions.length > 0);
      for (const [rows, parse] of [
        [briefRows(given).map((row) => row.join(' ')), parseBrief],
        [fullRows(given), parseFull],
      ] as const) {
        const at = n % rows.length;
        if (line !== '') assert.equal(parse(output(given, rows.with(at, line))), null, line);
        const id = /^\$\d+/.exec(rows[at] ?? '')?.[0];
        const without = rows.filter(
          (row) => !row.startsWith(`${id}\t`) && !row.startsWith(`${id} `),
        );
        assert.equal(parse(output(given, without)), null);
      }
    }),
  );
});

t.test('each field of a row must be what it is', async (t) => {
  const one: Server = {
    pid: 7,
    version: '3.4',
    next: 2,
    exits: [],
    sessions: [
      {
        id: 1,
        name: 'a',
        declared: 'b',
        created: 1,
        attached: 0,
        grouped: false,
        options: 'off,0,1',
        panes: [{ id: 1, pid: 2, activity: 3, history: 4, shell: true }],
      },
    ],
  };
  const row = fullRows(one)[0]?.split('\t') ?? [];
  const numbers = [
    '#{pane_pid}',
    '#{session_created}',
    '#{session_attached}',
    '#{window_activity}',
    '#{history_size}',
  ];
  for (const field of ['#{session_id}', '#{pane_id}', ...numbers]) {
    for (const wrong of ['x', '$1x', '1.5', 'NaN']) {
      const text = row.with(fields.indexOf(field), wrong).join('\t');
      t.equal(parseFull(output(one, [text])), null, `${field}: ${wrong}`);
    }
  }
  t.equal(parseFull(output(one, [row.slice(0, -1).join('\t')])), null, 'a field too few');
  const notOurs = row.with(fields.indexOf(declaredFormat), 'not ours!').join('\t');
  t.match(parseFull(output(one, [notOurs])), { rows: [{ declared: '' }] });
  t.match(parseFull(output(one, [[...row, 'tail'].join('\t')])), { rows: [{ name: 'a\ttail' }] });
  for (const first of [
    '',
    'x',
    '7',
    '7 1',
    '7 x $2 3.4',
    '7 1 $x 3.4',
    `7 1 $2 ${'v'.repeat(41)}`,
  ]) {
    t.equal(parseFull(full(one).replace(/^.*/, () => first)), null, first);
  }
  t.equal(parseFull(full(one).replace(panesMark, 'panes')), null, 'without its mark');
});

t.test('exits that are cut, or anything else, are left out', async (t) => {
  const text = '$1,%1,80,0,1,1,,7,,1795194755;';
  const listed = (line: string) =>
    parseBrief(
      `${head({ pid: 7, version: '3.4', next: 9, sessions: [] })}\n${line}\n${panesMark}\n`,
    )?.exits;
  t.match(listed(text), [
    { tmuxId: '$1', pid: 80, last: true, shell: false, status: 7, signal: null, at: 1795194755000 },
  ]);
  t.equal(listed(`,80,0,1,1,,7,,17;${text}`)?.length, 1);
  t.strictSame(listed('what is this;'), []);
  t.strictSame(listed('$1,%1,80,2,1,1,,7,,17;'), []);
  const cut = fc.nat(text.length - 1);
  fc.assert(
    fc.property(
      cut,
      (from) => listed(`${text.slice(from)}${text}`)?.length === (from === 0 ? 2 : 1),
    ),
  );
});

t.test('no bytes make it throw', async () => {
  const bytes = fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all).toString('utf8'));
  const likely = fc
    .array(
      fc.constantFrom(
        '1 1 $2 3.4\n',
        `${panesMark}\n`,
        '$1 %1 5\n',
        '\t',
        '\n',
        '$1\t%1\t',
        '0\t',
        ';',
        'x',
      ),
      { maxLength: 30 },
    )
    .map((all) => all.join(''));
  fc.assert(
    fc.property(fc.oneof(bytes, likely), (text) => {
      for (const parse of [parseBrief, parseFull]) {
        const listing = parse(text);
        assert.ok(listing === null || Number.isInteger(listing.pid));
      }
      assert.equal(typeof decodeDeclared(text), 'string');
    }),
    { numRuns: 500 },
  );
});
