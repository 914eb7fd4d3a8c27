import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { commands } from '../../agent/cli/commands.ts';
import { callsIn, targetsIn, wrongIn } from './commands.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const documents = globSync(['*.md', 'ansible/*.md', 'docs/**/*.md'], { cwd: root })
  .sort()
  .map((path) => ({ path, ...readMarkdown(readFileSync(join(root, path), 'utf8')) }));
const document = (path: string) => documents.find((found) => found.path === path);

const generators = readdirSync(join(root, 'docs')).filter((name) => /^generate-.*\.ts$/.test(name));

const run = (
  cwd: string,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });

/** A tree with documents of its own, and the rest of this one. */
const copyOfDocs = (t: Test): string => {
  const copy = mkdtempSync(join(tmpdir(), 'hf-docs-'));
  t.teardown(() => rmSync(copy, { recursive: true }));
  for (const name of ['docs', 'systemd']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  for (const name of ['agent', 'exporters', 'bin', 'node_modules', 'package.json']) {
    symlinkSync(join(root, name), join(copy, name));
  }
  return copy;
};

/** The documents a generator says it writes, and the schema, which cannot say so. */
const writtenBy = (generator: string): string[] => [
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .filter((name) =>
      readFileSync(join(root, 'docs', name), 'utf8').includes(`Written by docs/${generator}`),
    ),
  ...(generator === 'generate-config.ts' ? ['holdfast.schema.json'] : []),
];

t.test('generated documents are current', async (t) => {
  t.ok(generators.includes('generate-events.ts'));
  for (const generator of generators) {
    t.same(await run(root, `docs/${generator}`, '--check'), { code: 0, stdout: '', stderr: '' });
  }
});

for (const generator of generators) {
  t.test(`docs/${generator} --check sees a change, and a run mends it`, async (t) => {
    const copy = copyOfDocs(t);
    const names = writtenBy(generator);
    t.not(names.length, 0);
    for (const name of names) appendFileSync(join(copy, 'docs', name), '\n');
    const checked = await run(copy, `docs/${generator}`, '--check');
    t.equal(checked.code, 1);
    for (const name of names) t.match(checked.stderr, `docs/${name} is not current`);
    t.match(checked.stderr, `run: bin/node docs/${generator}`);

    t.equal((await run(copy, `docs/${generator}`)).code, 0);
    for (const name of names) {
      const made = readFileSync(join(copy, 'docs', name), 'utf8');
      t.equal(made, readFileSync(join(root, 'docs', name), 'utf8'));
    }
  });
}

t.test('docs/EVENTS.md that is not there is not current', async (t) => {
  const copy = copyOfDocs(t);
  rmSync(join(copy, 'docs/EVENTS.md'));
  t.equal((await run(copy, 'docs/generate-events.ts', '--check')).code, 1);
});

t.test('relative links lead to a file, and to a heading in it', async (t) => {
  const wrong = documents.flatMap(({ path, links }) =>
    links
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !document(target)?.anchors.includes(anchor);
      })
      .map((link) => `${path}: ${link}`),
  );
  t.same(wrong, []);
});

t.test('every file a document names is there', async (t) => {
  const isPath = /^(\.ci|agent|ansible|bin|docs|exporters|systemd|test)\/[\w./*-]*$/;
  const wrong = documents.flatMap(({ path, spans, blocks }) =>
    [...spans, ...blocks.map(({ text }) => text)]
      .flatMap((text) => text.split(/[\s,"'=()]+/))
      .filter((word) => isPath.test(word))
      // A word in capitals stands for any name.
      .filter(
        (word) => globSync(word.replace(/\b[A-Z]+\b(?=\.ts$)/, '*'), { cwd: root }).length === 0,
      )
      .map((word) => `${path}: ${word}`),
  );
  t.same([...new Set(wrong)], []);
});

/** What is typed in a block: where outputs stand too, what follows a prompt. Root's would pass for a comment. */
const typedIn = ({ language, text }: { language: string; text: string }): string[] => {
  const lines = text.split('\n');
  if (language !== 'console') return ['sh', 'text'].includes(language) ? lines : [];
  return lines.filter((line) => /^[#$] /.test(line)).map((line) => line.slice(2));
};

const shellLines = (path?: string): { path: string; line: string }[] =>
  documents
    .filter((found) => path === undefined || found.path === path)
    .flatMap(({ path, spans, blocks }) =>
      [...spans, ...blocks.flatMap(typedIn)].map((line) => ({ path, line })),
    );

t.test('every command a document shows is there, with its options', async (t) => {
  const calls = shellLines().flatMap(({ path, line }) =>
    callsIn(line).map((call) => ({ path, wrong: wrongIn(call, commands) })),
  );
  t.ok(calls.length > commands.length);
  t.same(
    calls.filter(({ wrong }) => wrong !== null),
    [],
  );
});

t.test('every target of make a document shows is there', async (t) => {
  const makefile = readFileSync(join(root, 'Makefile'), 'utf8');
  const targets = [...makefile.matchAll(/^([a-z]+):/gm)].map((match) => match[1]);
  const named = shellLines().flatMap(({ line }) => targetsIn(line));
  t.same(
    named.filter((target) => !targets.includes(target)),
    [],
  );
  const readme = shellLines('README.md').flatMap(({ line }) => targetsIn(line));
  t.ok(readme.includes('up') && readme.includes('test'));
});

t.test('README.md leads to every other document', async (t) => {
  const linked = document('README.md')?.links ?? [];
  t.same(
    documents
      .map(({ path }) => path)
      .filter((path) => path !== 'README.md' && !linked.includes(path)),
    [],
  );
});

t.test('the search finds what is wrong', async (t) => {
  const text = '# A `b` c!\n\n[x](y.md#z) `agent/no.ts`\n\n```sh\nmake up # make no\n```\n';
  t.same(readMarkdown(text), {
    links: ['y.md#z'],
    anchors: ['a-b-c'],
    spans: ['b', 'agent/no.ts'],
    blocks: [{ language: 'sh', text: 'make up # make no\n' }],
  });
  t.same(targetsIn('make up # make no'), ['up']);
  t.same(callsIn('holdfast run NAME -- x --y').length, 1);
  const wrong = (line: string) => callsIn(line).map((call) => wrongIn(call, commands));
  t.same(wrong('holdfast nothing'), ['there is no command nothing']);
  t.same(wrong('bin/holdfast why --loud'), ['why has no option --loud']);
  t.same(wrong('sudo holdfast events -f --since=1h, | holdfast COMMAND'), [null]);
});
