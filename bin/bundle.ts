import {
  chmod,
  glob,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import {
  assetFile,
  assetFolder,
  assetNames,
  assets,
} from '../exporters/notifier/picture/assets.ts';
import { type Bundle, bundleFile, bundles } from './bundling/bundles.ts';
import { leanPinoRoll } from './bundling/lean-pino-roll.ts';
import { libraryFiles, libraryFolder } from './bundling/library.ts';

const root = join(import.meta.dirname, '..');
const outdir = process.argv.find((word) => word.startsWith('--outdir='))?.slice('--outdir='.length);
const dist = outdir ?? join(root, 'dist');
const startedAt = new Date();
const say = process.argv.includes('--quiet') ? () => {} : console.log;

const options: BuildOptions = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node26',
  // The text is kept in memory, so it has no white space. Names stay, so that stack traces can be read.
  minifyWhitespace: true,
  lineLimit: 160,
  // Native: loaded from node_modules, and only where it is needed.
  external: ['koffi'],
  // Its build for browsers: the other one loads node-fetch, which we do not use, and warns of punycode.
  alias: { grammy: 'grammy/web' },
  // What it looks for there Node warns of.
  define: { localStorage: 'undefined' },
  plugins: [leanPinoRoll],
  logLevel: 'warning',
};

const esModule: BuildOptions = {
  format: 'esm',
  // CommonJS packages inside an ES module still call require() for Node's own modules.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
};

/** Others may start while we write, so a file appears whole or not at all. */
const replaceFile = async (path: string, content: Uint8Array): Promise<void> => {
  await writeFile(`${path}.${process.pid}`, content);
  await rename(`${path}.${process.pid}`, path);
};

const beyondAscii = /[^\0-\x7f]/;

/**
 * A file with one character beyond ASCII is kept in two bytes for each (Node reads it as UTF-8). esbuild escapes
 * what is in strings. The names of authors at the end are written without their accents; what is in a regular expression is
 * to be escaped where it stands.
 */
const inAscii = (name: string, text: string): string => {
  const plain = text.replace(/\/\*! Bundled license information:[\s\S]*$/, (licences) =>
    licences.normalize('NFD').replace(new RegExp(beyondAscii, 'g'), ''),
  );
  if (beyondAscii.test(plain)) {
    console.warn(`${name}: characters beyond ASCII double the memory its text takes`);
  }
  return plain;
};

const bundle = async (made: Bundle): Promise<void> => {
  const { name, entry, split = false, commonJs = false } = made;
  const { outputFiles = [] } = await build({
    ...options,
    ...(commonJs ? { format: 'cjs' } : esModule),
    entryPoints: { [name]: entry },
    outExtension: { '.js': extname(bundleFile(made)) },
    splitting: split,
    chunkNames: `${name}-[name]-[hash]`,
  });
  await Promise.all(
    outputFiles.map(({ path, text }) => replaceFile(path, Buffer.from(inAscii(name, text)))),
  );
  const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
  const files = outputFiles.length > 1 ? ` in ${outputFiles.length} files` : '';
  say(`${name}  ${Math.ceil(bytes / 1024)} KiB${files}`);
};

/** What bots import. */
const library = async (): Promise<void> => {
  await mkdir(join(dist, libraryFolder), { recursive: true });
  const files = await libraryFiles(root);
  for (const [name, text] of files) {
    await replaceFile(join(dist, libraryFolder, name), Buffer.from(text));
  }
  const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  say(`${libraryFolder}/  ${Math.ceil(bytes / 1024)} KiB in ${files.length} files`);
};

/** What the link's bundle needs beside it that is no JavaScript: the shell that tmux starts new panes with. */
const copyLauncher = async (): Promise<void> => {
  const name = 'pane-shell';
  await replaceFile(join(dist, name), await readFile(join(root, 'agent/link', name)));
  await chmod(join(dist, name), 0o755);
};

/** What pictures of screens are made with beside programs: fonts, emoji and the renderer. */
const copyAssets = async (): Promise<void> => {
  await mkdir(join(dist, assetFolder), { recursive: true });
  for (const name of assetNames) {
    const content = await readFile(join(root, 'node_modules', assets[name]));
    await replaceFile(join(dist, assetFolder, assetFile(name)), content);
  }
};

/** A long `holdfast up` may still load a file of the bundle it was started from, so they stay for a day. */
const removeOld = async (): Promise<void> => {
  const dayAgo = startedAt.getTime() - 24 * 60 * 60 * 1000;
  for await (const file of glob('holdfast-*-*.js', { cwd: dist })) {
    const { mtimeMs } = await stat(join(dist, file));
    if (mtimeMs < dayAgo) await rm(join(dist, file), { force: true });
  }
};

/** bin/bundle-if-stale compares sources with this: one saved during the build is newer than its start. */
const stamp = async (): Promise<void> => {
  await writeFile(join(dist, '.built'), '');
  await utimes(join(dist, '.built'), startedAt, startedAt);
};

await mkdir(dist, { recursive: true });
const results = await Promise.allSettled([
  ...bundles.map(bundle),
  ...[library(), copyLauncher(), copyAssets()],
]);
const failures = results.filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(String(reason).split('\n')[0]);
if (failures.length === 0) {
  await removeOld();
  await stamp();
} else {
  process.exitCode = 1;
}
