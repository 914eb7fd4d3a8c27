import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { flatDeclarations } from '../../bin/bundling/declarations.ts';
import { compiler, exportsOf, libraryFiles } from '../../bin/bundling/library.ts';
import { startHearing } from '../agent/heartbeat/hearing.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const files = await libraryFiles(root);

/** A bot's directory, with the library installed as npm would. */
const botDirectory = (t: Test, more: Record<string, string>): string => {
  const place = mkdtempSync(join(tmpdir(), 'hf-bot-'));
  t.teardown(() => rmSync(place, { recursive: true, force: true }));
  const installed = Object.fromEntries(
    files.map(([name, text]) => [join('node_modules/holdfast', name), text]),
  );
  for (const [name, text] of Object.entries({ ...installed, ...more })) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text);
  }
  return place;
};

const saying = `
const beat = createHeartbeat({ bot: process.argv[2] });
beat.connection('ready');
beat.received(3);
const speak = () => beat.timed('work', () => beat.sent());
speak();`;

const bots = {
  'bot.mjs': `import { createHeartbeat } from 'holdfast/heartbeat';${saying}`,
  'bot.cjs': `const { createHeartbeat } = require('holdfast/heartbeat');${saying}`,
};

/** Node as it is run here, and where the machine has another one, that too. */
const nodes = (): string[] => {
  try {
    const other = execFileSync('/usr/bin/env', ['-i', '/usr/bin/node', '-p', 'process.execPath']);
    return [process.execPath, other.toString().trim()];
  } catch {
    return [process.execPath];
  }
};

for (const [index, node] of nodes().entries()) {
  t.test(
    `bots that import or require it run, with Node ${index + 1} of this machine`,
    async (t) => {
      const hearing = await startHearing(t);
      const place = botDirectory(t, bots);
      for (const name of Object.keys(bots)) {
        // It waits for nothing: what holds it here is the test, until it was heard.
        const holding = `${readFileSync(join(place, name))}\nprocess.stdin.on('data', () => process.exit());`;
        writeFileSync(join(place, name), holding);
        const bot = run(node, [join(place, name), `${name} ${index}`], {
          env: { HOLDFAST_HEARTBEAT: hearing.path },
        });
        const told = await hearing.heard(
          ({ bot, connection }) => bot === `${name} ${index}` && connection === 'ready',
        );
        bot.child.stdin?.end('enough');
        await bot;
        t.match(told, { in: { count: 3 }, out: { count: 1 } });
      }
    },
  );
}

/** What tsc has to say. */
const compile = (cwd: string, args: readonly string[]): Promise<string> =>
  run(process.execPath, [join(root, compiler), ...args], { cwd }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );

const typed = (require: boolean): string => `
${require ? "import heartbeat = require('holdfast/heartbeat');" : "import * as heartbeat from 'holdfast/heartbeat';"}
import { Bot } from 'grammy';
import { Client, type Message } from 'whatsapp-web.js';
const { attachEmitter, attachGrammy, attachWhatsApp, createBackoff, createBreaker, createHeartbeat } = heartbeat;
const { createPollingFallback, pollWhatsApp } = heartbeat;
const beat: heartbeat.Heartbeat = createHeartbeat({ bot: 'weather', everyMs: null });
attachGrammy(new Bot('1:x'), beat);
const detach: () => void = attachWhatsApp(new Client({}), beat);
attachEmitter(new Client({}), { ready: 'ready', message: 'received', call: { count: 'calls' } }, beat);
const end: () => void = pollWhatsApp(new Client({}), { onMessage: (message: Message) => message.reply('rain') }, beat);
pollWhatsApp(new Client({}), { onMessage: ({ body }) => body.length, everyMs: 1000 }, beat);
const polling: heartbeat.PollingFallback<Date> = createPollingFallback({
  poll: async () => [new Date()],
  onMissed() {},
  idOf: String,
  timeOf: Number,
  beat,
});
const isNew: boolean = polling.heard(new Date());
const wait: number = createBackoff({ first: 10 }).next();
const breaker = createBreaker({ failures: 3, windowMs: 1000, probeAfterMs: 1000, beat });
const five: Promise<number> = breaker.run(async () => 5);
const state: heartbeat.ConnectionState = heartbeat.connectionStates[0];
beat.connection(state, breaker.state);
// @ts-expect-error there is no such state
beat.connection('conected');
// @ts-expect-error what the library has inside is not for others
heartbeat.listen;
`;

t.test('TypeScript knows its types, in modules and in CommonJS', async (t) => {
  const place = botDirectory(t, { 'bot.mts': typed(false), 'bot.cts': typed(true) });
  for (const name of ['grammy', 'whatsapp-web.js', '@types']) {
    symlinkSync(join(root, 'node_modules', name), join(place, 'node_modules', name));
  }
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--exactOptionalPropertyTypes'];
  const options = ['--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  const said = await compile(place, [...flags, ...options, 'bot.mts', 'bot.cts']);
  t.equal(said, '');
});

t.test('the declarations themselves are right', async (t) => {
  const place = botDirectory(t, {});
  const args = [
    '--noEmit',
    '--strict',
    '--types',
    '',
    '--target',
    'es2022',
    '--module',
    'nodenext',
  ];
  const names = files.map(([name]) => name).filter((name) => /\.d\.c?ts$/.test(name));
  const paths = names.map((name) => join('node_modules/holdfast', name));
  t.ok(paths.length >= 2);
  const said = await compile(place, [...args, ...paths]);
  t.equal(said, '');
});

t.test('declarations in several files become one', async (t) => {
  const texts: Record<string, string> = {
    'a/main.d.ts':
      "import type { B } from '../b.ts';\nexport { type C,\n D } from './c.ts';\nexport declare const a: B;\n",
    'b.d.ts': 'export interface B {\n    b: 1;\n}\nexport {};\n',
    'a/c.d.ts':
      "import { B } from '../b.ts';\nexport type C = B;\nexport declare const D: C;\nexport declare const e: 1;\n",
  };
  const flat = flatDeclarations('a/main.d.ts', (path) => texts[path] ?? '');
  t.same(
    flat.split('\n').filter((line) => line !== ''),
    [
      ...['interface B {', '    b: 1;', '}'],
      ...['export type C = B;', 'export declare const D: C;', 'declare const e: 1;'],
      ...['export declare const a: B;', 'export {};'],
    ],
  );
});

t.test('package.json says where its modules are, as bin/bundle.ts makes them', async (t) => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  t.same(exports, exportsOf('./dist/heartbeat'));
});

t.test('it needs nothing but Node', async (t) => {
  const imports = files.flatMap(([name, text]) =>
    [...text.matchAll(/(?:^import .* from |\brequire\()"([^"]+)"/gm)].map(([, from = '']) => ({
      name,
      from,
    })),
  );
  t.ok(imports.length > 0);
  t.same(
    imports.filter(({ from }) => !/^node:/.test(from)),
    [],
  );
});
