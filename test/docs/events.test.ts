import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { rules } from '../../agent/explain/rules.ts';
import { maxEventBytes } from '../../agent/model/event.ts';
import { causes } from '../../agent/model/events/incident.ts';
import { actionHandlers } from '../../agent/model/reduce/action.ts';
import { agentHandlers } from '../../agent/model/reduce/agent.ts';
import { alertHandlers } from '../../agent/model/reduce/alert.ts';
import { botHandlers } from '../../agent/model/reduce/bot.ts';
import { forecastHandlers } from '../../agent/model/reduce/forecast.ts';
import { healthHandlers } from '../../agent/model/reduce/health.ts';
import { incidentHandlers } from '../../agent/model/reduce/incident.ts';
import { linkHandlers } from '../../agent/model/reduce/link.ts';
import { logHandlers } from '../../agent/model/reduce/log.ts';
import { refreshHandlers } from '../../agent/model/reduce/refresh.ts';
import { serverHandlers } from '../../agent/model/reduce/server.ts';
import { sessionHandlers } from '../../agent/model/reduce/session.ts';
import { unitHandlers } from '../../agent/model/reduce/unit.ts';
import { type Catalogue, readCatalogue } from '../../docs/events/catalogue.ts';
import { eventSentences } from '../../docs/events/event-sentences.ts';
import { eventsPage } from '../../docs/events/page.ts';
import { readDeclarations } from '../../docs/events/read-declarations.ts';
import type { Field, Shape } from '../../docs/events/shape.ts';
import { fieldLines, kindText } from '../../docs/events/wording.ts';

/** What the reducer knows, which is every event type: the compiler sees to that. */
const types = [
  agentHandlers,
  linkHandlers,
  serverHandlers,
  sessionHandlers,
  healthHandlers,
  incidentHandlers,
  actionHandlers,
  alertHandlers,
  forecastHandlers,
  botHandlers,
  refreshHandlers,
  unitHandlers,
  logHandlers,
].flatMap((handlers) => Object.keys(handlers));

const page = readFileSync(join(import.meta.dirname, '../../docs/EVENTS.md'), 'utf8');
const sections = new Map(
  page.split(/^###? /m).map((section): [string, string] => {
    const [title = '', ...rest] = section.split('\n');
    return [title, rest.join('\n')];
  }),
);

const read = (source: string) => readDeclarations(source, 'x.ts');
const shapeOf = (type: string): Shape | undefined => read(`export type X = ${type};`)[0]?.shape;
const name = (text: string): Shape => ({ kind: 'name', name: text });

t.test('every event type has a section with a sentence', async (t) => {
  t.ok(types.length > 0);
  for (const type of types) t.match(sections.get(type) ?? '', /^\n[A-Zt].*\.\n/);
  t.same(Object.keys(eventSentences).sort(), types.toSorted());
});

t.test('every cause, rule and part of the envelope is explained', async (t) => {
  for (const cause of causes) t.match(sections.get('Cause') ?? '', `- \`${cause}\`: `);
  for (const rule of rules) t.match(page, `. \`${rule.name}\`: ${rule.sentence}`);
  for (const field of ['seq', 'v', 'at', 'type', 'trace', 'data']) {
    t.match(sections.get('The envelope') ?? '', `- \`${field}\` (`);
  }
  t.match(page, `at most ${maxEventBytes / 1024} KiB`);
});

t.test('a cause that no rule gives is marked', async (t) => {
  const line = (cause: string, unused: string[]): string =>
    eventsPage(readCatalogue(), rules, new Set(unused))
      .split('\n')
      .find((text) => text.startsWith(`- \`${cause}\`: `)) ?? '';
  t.match(line('oomd', ['oomd']), /No rule of this release concludes it\.$/);
  t.notMatch(line('oomd', []), 'No rule');
});

t.test('an event type without a sentence is an error that names it', async (t) => {
  const { families, ...rest } = readCatalogue();
  const [first, ...others] = families;
  const event: Field = { name: 'new.type', doc: '', optional: false, shape: name('string') };
  const extended: Catalogue = {
    ...rest,
    families: first ? [{ ...first, events: [...first.events, event] }, ...others] : [],
  };
  t.throws(() => eventsPage(extended, rules, new Set()), { message: /new\.type is missing/ });
});

t.test('a field nobody explains is an error that names it', async (t) => {
  const field: Field = { name: 'zz', doc: '', optional: false, shape: name('number') };
  const lines = (doc: string) => () => fieldLines([{ ...field, doc }], 'some.event', new Map());
  t.throws(lines(''), { message: /^some\.event\.zz has no comment/ });
  t.same(lines('Said.')(), ['- `zz` (number): Said.']);
});

t.test('declarations are read with their comments', async (t) => {
  const source = `
import type { Y } from './y.ts';
import {
  type Z,
} from './z.ts';
// no doc
/** What X is: 'quoted', "too". */
export interface X<T extends string> {
  /**
   * Over two
   * lines; with a \`{\`.
   */
  readonly a?: string;
  b: { 'c.d': number; e: [1, 2] }; // said of nothing
  f: X[] | null,
}
/* not doc */ export const one = 8 * 1024;
export const list = ['a', 'b'] as const;
export type Last = /** The first. */ | 'a' /** The second. */ | (typeof list)[number];
`;
  const [x, one, list, last] = read(source);
  t.match(x, { name: 'X', doc: `What X is: 'quoted', "too".`, at: 'x.ts:8' });
  t.same(x?.shape, {
    kind: 'object',
    fields: [
      { name: 'a', doc: 'Over two lines; with a `{`.', optional: true, shape: name('string') },
      {
        name: 'b',
        doc: '',
        optional: false,
        shape: {
          kind: 'object',
          fields: [
            { name: 'c.d', doc: '', optional: false, shape: name('number') },
            {
              name: 'e',
              doc: '',
              optional: false,
              shape: {
                kind: 'tuple',
                of: [
                  { kind: 'literal', text: '1' },
                  { kind: 'literal', text: '2' },
                ],
              },
            },
          ],
        },
      },
      {
        name: 'f',
        doc: '',
        optional: false,
        shape: {
          kind: 'union',
          of: [
            { doc: '', shape: { kind: 'list', of: name('X') } },
            { doc: '', shape: name('null') },
          ],
        },
      },
    ],
  });
  t.same(one?.shape, { kind: 'opaque' });
  t.match(list?.shape, { kind: 'union', of: { length: 2 } });
  t.same(last?.shape, {
    kind: 'union',
    of: [
      { doc: 'The first.', shape: { kind: 'literal', text: 'a' } },
      { doc: 'The second.', shape: name('list') },
    ],
  });
});

t.test('what it does not know is an error with its place', async (t) => {
  const message = (source: string): string => {
    try {
      read(source);
      return 'read';
    } catch (error) {
      return String(error);
    }
  };
  t.equal(
    message('\nexport enum X { a }'),
    'Error: x.ts:2: cannot describe what is exported as enum',
  );
  t.equal(message('const x = 1;'), 'Error: x.ts:1: expected export, found const');
  t.equal(message('export type X = a ? b : c;'), 'Error: x.ts:1: expected ;, found ?');
  t.equal(
    message('export interface X {\n a: string;\n'),
    'Error: x.ts:3: expected a name, found the end',
  );
  t.equal(message('export type X = { [K in Y'), 'Error: x.ts:1: expected ], found the end');
  t.equal(message('import x'), 'Error: x.ts:1: expected ;, found the end');
});

t.test('mapped and computed types are not described', async (t) => {
  t.same(shapeOf('{ [T in K]: X<T> }[K]'), { kind: 'opaque' });
  t.same(shapeOf('keyof Catalogue'), { kind: 'opaque' });
});

/** Writes a shape as TypeScript: the reader's way back. */
const print = (shape: Shape): string => {
  switch (shape.kind) {
    case 'name':
      return shape.name;
    case 'literal':
      return `'${shape.text}'`;
    case 'object':
      return `{ ${shape.fields.map((field) => `/** ${field.doc} */ '${field.name}'${field.optional ? '?' : ''}: ${print(field.shape)};`).join(' ')} }`;
    case 'list':
      return `(${print(shape.of)})[]`;
    case 'tuple':
      return `[${shape.of.map(print).join(', ')}]`;
    case 'union':
      return `(${shape.of.map(({ shape: one, doc }) => `/** ${doc} */ | (${print(one)})`).join(' ')})`;
    case 'all':
      return `(${shape.of.map((one) => `(${print(one)})`).join(' & ')})`;
    case 'opaque':
      return 'keyof X';
    default:
      return shape satisfies never;
  }
};

const words = fc.stringMatching(/^[a-z][\w.-]{0,8}$/);
const identifier = fc
  .stringMatching(/^[A-Z][A-Za-z0-9]{0,8}$/)
  .map((text): Shape => ({ kind: 'name', name: text }));
const doc = fc.stringMatching(/^[A-Za-z`'"{}|;:]( ?[A-Za-z`'"{}|;:]){0,12}$/);
const many = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 2, maxLength: 4 });
const { shape: anyShape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    identifier,
    words.map((text): Shape => ({ kind: 'literal', text })),
    tie('shape').map((of): Shape => ({ kind: 'list', of })),
    many(tie('shape')).map((of): Shape => ({ kind: 'tuple', of })),
    many(tie('shape')).map((of): Shape => ({ kind: 'all', of })),
    many(fc.record({ shape: tie('shape'), doc })).map((of): Shape => ({ kind: 'union', of })),
    fc
      .array(fc.record({ name: words, doc, optional: fc.boolean(), shape: tie('shape') }), {
        maxLength: 4,
      })
      .map((fields): Shape => ({ kind: 'object', fields })),
  ),
}));

t.test('whatever is written as TypeScript is read as it was', async (t) => {
  fc.assert(
    fc.property(anyShape, (shape) => {
      assert.deepEqual(shapeOf(print(shape)), shape);
      assert.notEqual(kindText(shape, new Map()), '');
    }),
  );
  t.pass();
});

t.test('no text makes the reader do anything but read or throw an Error', async (t) => {
  const piece = fc.constantFrom(
    ...['export ', 'type ', 'interface ', 'X ', '= ', '{', '}', '[', ']', '(', ')', '|', '&', ';'],
    ...[':', '?', "'a'", '/** d */', '// c\n', 'typeof ', 'keyof ', '<', '>', '1', 'const ', "'"],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      try {
        read(pieces.join(''));
      } catch (error) {
        return error instanceof Error && /^x\.ts:\d+: /.test(error.message);
      }
      return true;
    }),
    { numRuns: 2000 },
  );
  t.pass();
});
