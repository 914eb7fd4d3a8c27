import { existsSync } from 'node:fs';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** One bundle per process (the store's thread counts as one): its file in dist/ and where it starts. */
const bundles = {
  'holdfast.js': 'agent/cli/main.ts',
  'holdfast-agent.js': 'agent/main.ts',
  'holdfast-link.js': 'agent/link/main.ts',
  'holdfast-exporter.js': 'exporters/prometheus/main.ts',
  'store-thread.js': 'agent/store/thread.ts',
};

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const startedAt = new Date();
const quiet = process.argv.includes('--quiet');
const say = (line: string): void => {
  if (!quiet) console.log(line);
};

// CommonJS packages inside an ES module still call require() for Node's own modules.
const banner =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** Readers may start while we write, so a bundle appears whole or not at all. */
const replaceFile = async (path: string, content: Uint8Array): Promise<void> => {
  await writeFile(`${path}.${process.pid}`, content);
  await rename(`${path}.${process.pid}`, path);
};

const bundle = async (output: string, entry: string): Promise<void> => {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    outfile: join(dist, output),
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node26',
    banner: { js: banner },
    // Native: loaded from node_modules, and only where it is needed.
    external: ['koffi'],
    logLevel: 'warning',
  });
  for (const file of outputFiles) {
    await replaceFile(file.path, file.contents);
    say(`dist/${basename(file.path)}  ${Math.ceil(file.contents.length / 1024)} KiB`);
  }
};

/** bin/bundle-if-stale compares sources with this: one saved during the build is newer than its start. */
const stamp = async (): Promise<void> => {
  await writeFile(join(dist, '.built'), '');
  await utimes(join(dist, '.built'), startedAt, startedAt);
};

await mkdir(dist, { recursive: true });
const built = await Promise.allSettled(
  Object.entries(bundles).map(async ([output, entry]) => {
    if (existsSync(join(root, entry))) await bundle(output, entry);
    else say(`dist/${output}  skipped: there is no ${entry}`);
  }),
);
const failures = built.filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(String(reason).split('\n')[0]);
if (failures.length === 0) await stamp();
else process.exitCode = 1;
