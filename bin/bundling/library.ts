import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { version } from '../../agent/model/version.ts';
import { flatDeclarations } from './declarations.ts';

/** What others import, not a process of ours: `holdfast/heartbeat` and what belongs to it. */
export interface Module {
  /** Its files, in `libraryFolder`, without what they end with. */
  name: string;
  entry: string;
  /** What it is imported as, after `holdfast/`. */
  subpath: string;
}

export const libraryFolder = 'heartbeat';

export const modules: readonly Module[] = [
  { name: 'heartbeat', entry: 'agent/heartbeat/main.ts', subpath: 'heartbeat' },
  { name: 'testing', entry: 'agent/heartbeat/testing/main.ts', subpath: 'heartbeat/testing' },
];

/** The oldest Node that a bot may run on. */
const target = 'node18';

const forms = [
  { format: 'esm', ending: 'js' },
  { format: 'cjs', ending: 'cjs' },
] as const;

const programs = async (root: string, { name, entry }: Module): Promise<[string, string][]> =>
  Promise.all(
    forms.map(async ({ format, ending }): Promise<[string, string]> => {
      const { outputFiles } = await build({
        ...{ absWorkingDir: root, entryPoints: [entry], bundle: true, write: false },
        ...{ platform: 'node', format, target, logLevel: 'warning' },
      });
      return [`${name}.${ending}`, outputFiles[0]?.text ?? ''];
    }),
  );

/** By our own Node: what is called so on the machine may be too old. */
export const compiler = 'node_modules/typescript/lib/tsc.js';

const flags = [
  ...['--ignoreConfig', '--declaration', '--emitDeclarationOnly', '--rootDir', '.', '--strict'],
  ...['--target', 'esnext', '--module', 'nodenext', '--types', 'node', '--skipLibCheck'],
  ...['--allowImportingTsExtensions', '--exactOptionalPropertyTypes'],
];

const types = async (root: string): Promise<[string, string][]> => {
  const place = mkdtempSync(join(tmpdir(), 'holdfast-types-'));
  try {
    const entries = modules.map(({ entry }) => entry);
    const args = [join(root, compiler), ...flags, '--outDir', place, ...entries];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    return modules.flatMap(({ name, entry }) => {
      const from = join(place, entry.replace(/\.ts$/, '.d.ts'));
      const text = flatDeclarations(from, (path) => readFileSync(path, 'utf8'));
      return [
        [`${name}.d.ts`, text],
        [`${name}.d.cts`, text],
      ] satisfies [string, string][];
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

/** Of a package.json. @param folder where the files are, with `./` */
export const exportsOf = (folder: string): Record<string, unknown> =>
  Object.fromEntries(
    modules.map(({ name, subpath }) => [
      `./${subpath}`,
      {
        import: { types: `${folder}/${name}.d.ts`, default: `${folder}/${name}.js` },
        require: { types: `${folder}/${name}.d.cts`, default: `${folder}/${name}.cjs` },
      },
    ]),
  );

/** So that the folder by itself can be installed: `npm install /usr/lib/holdfast/heartbeat`. */
const manifest = (): string =>
  `${JSON.stringify(
    { name: 'holdfast', version, license: 'MIT', type: 'module', exports: exportsOf('.') },
    null,
    2,
  )}\n`;

/** The files of the library by name. */
export const libraryFiles = async (root: string): Promise<[string, string][]> => {
  const made = await Promise.all([...modules.map((module) => programs(root, module)), types(root)]);
  return [...made.flat(), ['package.json', manifest()]];
};
