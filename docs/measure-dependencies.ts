import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { leanPinoRoll } from '../bin/bundling/lean-pino-roll.ts';

/** Prints what each dependency, and a thread, adds to the anonymous memory of a process that loads it, bundled as we ship it. */

const root = join(import.meta.dirname, '..');
const runs = 9;

const report = `
import { readFileSync } from 'node:fs';
console.log(/^RssAnon:\\s+(\\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);`;

/** Of a package that is used in part, that part. */
const parts: Readonly<Record<string, string>> = {
  'prom-client': 'prom-client/lib/registry.js',
  undici: 'undici/lib/dispatcher/env-http-proxy-agent.js',
};

/** Has no code: the program that draws pictures reads its files (exporters/notifier/picture/assets.ts). */
const isData = (name: string): boolean =>
  ['dejavu-fonts-ttf', '@iconify-json/twemoji'].includes(name);

const loading = (name: string): string =>
  `import * as it from '${parts[name] ?? name}'; globalThis.it = it;`;

/** A thread that says that it runs, and then waits. */
const thread = `
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
const text = "const { parentPort } = require('node:worker_threads'); parentPort.postMessage(0); parentPort.ref();";
const worker = new Worker(text, { eval: true, execArgv: [] });
await once(worker, 'message');
worker.unref();`;

const bundle = async (load: string): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: load + report, resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    external: ['koffi'],
    plugins: [leanPinoRoll],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(process.cwd() + '/');",
    },
  });
  return outputFiles[0]?.text ?? '';
};

/** kB; the median, for a process varies by some hundred. */
const measure = (program: string): number => {
  const results = Array.from({ length: runs }, () => {
    const args = ['--max-semi-space-size=1', '--input-type=module'];
    const run = spawnSync(process.execPath, args, { cwd: root, input: program, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    return Number(run.stdout);
  });
  return results.sort((a, b) => a - b)[(runs - 1) / 2] ?? 0;
};

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
const bare = measure(await bundle(''));
console.log(`Node ${process.versions.node} alone: ${(bare / 1024).toFixed(1)} MB`);
const added = (measure(await bundle(thread)) - bare) / 1024;
console.log(`a thread that does nothing: ${added.toFixed(1)} MB`);
for (const name of Object.keys(dependencies)) {
  if (isData(name)) {
    console.log(`${name}: no code`);
    continue;
  }
  const added = measure(await bundle(loading(name))) - bare;
  console.log(`${name}: ${(added / 1024).toFixed(1)} MB`);
}
