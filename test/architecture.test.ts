import { readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import t from 'tap';
import { type Layer, layers, roomsOfExplain } from './architecture/layers.ts';
import {
  codeOnly,
  findCycle,
  importsOf,
  readSources,
  type Source,
  withoutComments,
} from './architecture/source.ts';

const pureFolders = [
  ...['agent/model/', 'agent/explain/', 'agent/decide/'],
  ...['exporters/notifier/classify/', 'exporters/notifier/present/'],
];
/** A hash and a text without its escapes are functions of their input alone. */
const pureExceptions = [
  'agent/decide/recovery/back-off.ts: node:crypto',
  'agent/model/config/hash.ts: node:crypto',
  'agent/model/text/printable.ts: node:util',
];
const topFolders = ['.ci', 'agent', 'ansible', 'bin', 'docs', 'exporters', 'systemd', 'test'];
const notOurs = ['node_modules', 'dist'];
const sizes = { medianLines: 80, maxLines: 300 };

const root = join(import.meta.dirname, '..');
const product = readSources(root, ['agent', 'exporters']);
const everything = [...product, ...readSources(root, ['bin', 'docs', 'test'])];
const pure = product.filter(({ path }) => pureFolders.some((folder) => path.startsWith(folder)));

const matches = (path: string, place: string): boolean => {
  if (place.endsWith('/*')) return `${dirname(path)}/*` === place;
  return place.endsWith('/') ? path.startsWith(place) : path === place;
};

/** The name of the one that a file is in: the longest match decides. */
const placed = <Name>(path: string, all: readonly (readonly [Name, readonly string[]])[]) => {
  const places = all.flatMap(([name, at]) =>
    at.filter((place) => matches(path, place)).map((place) => ({ name, place })),
  );
  return places.sort((a, b) => b.place.length - a.place.length)[0]?.name;
};

const layerOf = (path: string, table = layers): string | undefined =>
  placed(
    path,
    Object.entries(table).map(([layer, { at }]) => [layer, at] as const),
  );

/** Imports that a table does not allow. Of what is in no layer of it nothing is said. */
const wrongImports = (
  files: readonly Pick<Source, 'path' | 'imports'>[],
  table: Record<string, Layer>,
): string[] =>
  files.flatMap(({ path, imports }) => {
    const from = layerOf(path, table) ?? '';
    return imports
      .map((target) => ({ target, to: layerOf(target, table) }))
      .filter(({ to }) => to !== undefined && to !== from)
      .filter(({ to = '' }) => !table[from]?.mayImport.includes(to))
      .map(({ target, to }) => `${path} (${from}) imports ${target} (${to})`);
  });

const lineCount = (text: string): number => text.split('\n').length - 1;

t.test('the reader finds every form of import and nothing else', async (t) => {
  const text = `
import a from 'a';
import type { B } from './b.ts';
import {
  c,
  type C,
} from './c.ts';
import 'd';
export { e } from './e.ts';
export type * from './f.ts';
const g = await import('./g.ts');
let h: import('./h.ts').H;
// import no from 'comment';
/* import no from 'block'; */
const text = "import no from 'quoted' // still text";
export const last = 'from nowhere';
`;
  const names = ['a', './b.ts', './c.ts', 'd', './e.ts', './f.ts', './g.ts', './h.ts'];
  t.same(importsOf(text), names);
});

t.test('the search finds a cycle', async (t) => {
  const file = (path: string, ...imports: string[]) => ({ path, imports });
  t.equal(findCycle([file('a', 'b', 'c'), file('b', 'c'), file('c')]), undefined);
  t.same(findCycle([file('a', 'b'), file('b', 'c'), file('c', 'b')]), ['b', 'c', 'b']);
});

t.test('an import that a table does not allow is found', async (t) => {
  const file = (path: string, ...imports: string[]) => ({
    path: `agent/explain/${path}`,
    imports: imports.map((target) => `agent/explain/${target}`),
  });
  const right = [
    file('rules.ts', 'rule/a.ts', 'evidence.ts'),
    file('rule/a.ts', 'witnessed/b.ts', 'rule/c.ts', 'evidence.ts'),
    file('naming.ts', 'evidence.ts'),
  ];
  t.same(wrongImports(right, roomsOfExplain), []);
  for (const [path, target] of [
    ['written/a.ts', 'asked/b.ts'],
    ['naming.ts', 'witnessed/b.ts'],
    ['rule/a.ts', 'rules.ts'],
    ['pattern/a.ts', 'rule/b.ts'],
    ['new-room/a.ts', 'evidence.ts'],
  ] as const) {
    const wrong = wrongImports([file(path, target)], roomsOfExplain);
    t.equal(wrong.length, 1, `${path} must not import ${target}`);
  }
});

for (const [name, table, folder] of [
  ['the product', layers, ''],
  ['explain', roomsOfExplain, 'agent/explain/'],
] as const) {
  const files = product.filter(({ path }) => path.startsWith(folder));

  t.test(`every file of ${name} has its place, and no place is empty`, async (t) => {
    const places = Map.groupBy(files, ({ path }) => layerOf(path, table) ?? 'none');
    t.same(places.get('none')?.map(({ path }) => path) ?? [], []);
    t.same([...places.keys()].sort(), Object.keys(table).sort());
  });

  t.test(`imports of ${name} point one way`, async (t) => {
    const mayImport = Object.entries(table).map(([path, layer]) => ({
      path,
      imports: layer.mayImport,
    }));
    t.equal(findCycle(mayImport), undefined);
    t.same(wrongImports(files, table), []);
  });
}

t.test('the product imports nothing from test, docs or bin', async (t) => {
  const wrong = product.flatMap(({ path, imports }) =>
    imports.filter((target) => /^(test|docs|bin)\//.test(target)).map((to) => `${path}: ${to}`),
  );
  t.same(wrong, []);
});

t.test(
  "the agent's side of the store imports nothing of the side that touches the disk",
  async (t) => {
    const disk = 'agent/store/disk/';
    const wrong = product
      .filter(({ path }) => path.startsWith('agent/store/') && !path.startsWith(disk))
      .flatMap(({ path, imports }) => imports.map((target) => ({ path, target })))
      .filter(({ target }) => target.startsWith(disk))
      .map(({ path, target }) => `${path} imports ${target}`);
    t.same(wrong, []);
  },
);

t.test('there are no cycles', async (t) => {
  t.same(findCycle(everything), undefined);
});

t.test('model/event.ts imports only its families', async (t) => {
  const event = product.find(({ path }) => path === 'agent/model/event.ts');
  const families = 'agent/model/events/';
  t.ok(event);
  t.same(
    event?.imports.filter((target) => !target.startsWith(families)),
    [],
  );
});

t.test('no file only passes on what others export', async (t) => {
  const statements = /^\s*(import|export)\b[^'";]*\bfrom\s*['"][^'"]+['"]\s*;?/gm;
  const barrels = everything.filter(({ text }) => {
    const code = withoutComments(text);
    return /^\s*export\b[^'";=]*\bfrom\b/m.test(code) && code.replace(statements, '').trim() === '';
  });
  t.same(
    barrels.map(({ path }) => path),
    [],
  );
});

t.test('every file is about one thing and says which', async (t) => {
  const vague = /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/;
  t.same(
    everything.map(({ path }) => path).filter((path) => vague.test(path)),
    [],
  );
});

t.test('files are short', async (t) => {
  const lengths = product.map(({ text }) => lineCount(text)).sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  t.ok(
    median <= sizes.medianLines,
    `the median of ${median} lines is at most ${sizes.medianLines}`,
  );
  const long = product.filter(({ text }) => lineCount(text) > sizes.maxLines);
  t.same(
    long.map(({ path }) => path),
    [],
  );
});

t.test('the pure folders have no effects', async (t) => {
  const effects =
    /\b(Date\.now|Math\.random|performance\.now|setTimeout|setInterval|setImmediate|fetch)\b|\bnew Date\(\)|(?<!\.)\bprocess(\.\w|\[)/;
  const impure = pure.flatMap(({ path, text }) => {
    const found = effects.exec(codeOnly(text));
    return found === null ? [] : [`${path}: ${found[0]}`];
  });
  t.same(impure, []);
});

t.test('the pure folders import no module of Node', async (t) => {
  const wrong = pure.flatMap(({ path, imports }) =>
    imports.filter((target) => isBuiltin(target)).map((target) => `${path}: ${target}`),
  );
  t.same(
    wrong.filter((line) => !pureExceptions.includes(line)),
    [],
  );
});

t.test('the tree has the folders it is meant to have', async (t) => {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (!entry.name.startsWith('.') || entry.name === '.ci'))
    .map(({ name }) => name)
    .filter((name) => !notOurs.includes(name));
  t.same(
    folders.filter((name) => !topFolders.includes(name)),
    [],
  );
});
