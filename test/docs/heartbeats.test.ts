import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import type { Beat } from '../../agent/protocol/heartbeat.ts';
import { startHearing } from '../agent/heartbeat/hearing.ts';
import { createPhone } from '../telegram/phone.ts';
import { startBotApi } from '../telegram/server.ts';
import { botDirectory } from './bot-directory.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/guides/heartbeats.md'), 'utf8');
const blocks = readMarkdown(guide).blocks.filter(({ language }) => language !== 'text');
const run = new Set<string>();

/** The block of a language that has these words in it; there is one. */
const blockWith = (language: string, words: string): string => {
  const found = blocks.filter((block) => block.language === language && block.text.includes(words));
  if (found.length !== 1) throw new Error(`${found.length} blocks have ${words}`);
  const [block] = found;
  run.add(block?.text ?? '');
  return block?.text ?? '';
};

interface Running {
  child: ChildProcess;
  ended: Promise<{ code: number | null; stderr: string }>;
  heard(is: (beat: Beat) => boolean): Promise<Beat>;
}

/** Runs a text as a program that says how it is to the test. */
const start = async (t: Test, program: string, name: string, content: string): Promise<Running> => {
  const hearing = await startHearing(t);
  const place = await botDirectory(t);
  writeFileSync(join(place, name), content);
  const env = {
    ...process.env,
    HOLDFAST_HEARTBEAT: hearing.path,
    PATH: `${place}${delimiter}${process.env['PATH']}`,
  };
  const child = spawn(program, [name], { cwd: place, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  const ended = text(child.stderr).then(async (stderr) => {
    const [code] = (await closed) as [number | null];
    return { code, stderr };
  });
  t.teardown(async () => {
    child.kill();
    await ended;
  });
  return { child, ended, heard: hearing.heard };
};

/** A block may end before anybody connected: what holds it here is until it was heard. */
const held = (block: string): string => `${block}\nsetInterval(() => {}, 1000);\n`;

const startNode = (t: Test, block: string): Promise<Running> =>
  start(t, process.execPath, 'bot.mjs', held(block));

t.test('the first bot', async (t) => {
  const { heard } = await startNode(t, blockWith('js', 'JSON.parse'));
  const told = await heard(({ errors }) => errors !== undefined);
  t.match(told, {
    ...{
      connection: 'ready',
      in: { count: 1 },
      out: { count: 1 },
      timings: { answer: { count: 1 } },
    },
    ...{ counters: { 'cities asked for': 1 }, errors: { last: { name: 'SyntaxError' } } },
    session: { createdAt: Number, refreshedAt: null, expiresAt: Number },
  });
});

t.test('the bot of WhatsApp, up to the browser that is not there', async (t) => {
  const { heard, ended } = await startNode(
    t,
    blockWith('js', "client.on('message', (message) => message.reply"),
  );
  await heard(({ connection }) => connection === 'connecting');
  const { stderr } = await ended;
  t.match(stderr, /there is no browser in these tests/);
});

t.test('the bot of WhatsApp whose events may stall, up to there', async (t) => {
  const { heard, ended } = await startNode(t, blockWith('js', 'pollWhatsApp'));
  await heard(({ connection }) => connection === 'connecting');
  const { stderr } = await ended;
  t.match(stderr, /there is no browser in these tests/);
});

t.test('events that stall', async (t) => {
  const { heard } = await startNode(t, blockWith('js', 'createPollingFallback'));
  const told = await heard(({ connection }) => connection === 'degraded');
  t.match(told, { why: 'events stall', in: { count: 1 }, counters: { 'events missed': 1 } });
});

t.test('the bot of Telegram', async (t) => {
  const api = await startBotApi();
  t.teardown(() => api.close());
  const real = 'new Bot(process.env.BOT_TOKEN)';
  const block = blockWith('js', 'attachGrammy');
  t.ok(block.includes(real));
  const stand = `new Bot('${api.token}', { client: { apiRoot: '${api.root}' } })`;
  const { heard, child, ended } = await startNode(t, block.replace(real, stand));
  await heard(({ connection }) => connection === 'ready');
  const answer = await createPhone(api, { id: 7, name: 'Ada' }).ask('weather?');
  t.equal(JSON.stringify(answer).includes('rain'), true);
  await heard(({ in: came, out: went }) => came?.count === 1 && went?.count === 1);
  child.kill();
  await ended;
});

t.test('events of anything', async (t) => {
  const { heard } = await startNode(t, blockWith('js', 'attachEmitter'));
  const told = await heard(({ session }) => session !== undefined);
  t.match(told, { connection: 'ready', in: { count: 1 }, session: { expiresAt: Number } });
});

t.test('calls that fail', async (t) => {
  const { heard } = await startNode(t, blockWith('js', 'createBreaker'));
  const told = await heard(({ connection }) => connection === 'degraded');
  t.match(told, {
    ...{ why: 'the forecast is open', counters: { 'forecast.opened': 1 } },
    errors: { count: 5, last: { message: 'forecast is open' } },
  });
});

const python = spawnSync('python3', ['--version']).status === 0;

t.test('a bot in Python', { skip: python ? false : 'there is no python3' }, async (t) => {
  const block = blockWith('python', 'holdfast');
  const { heard, ended } = await start(t, 'python3', 'bot.py', block);
  t.same(await ended, { code: 0, stderr: '' });
  const told = await heard(({ needs }) => needs === null);
  t.match(told, {
    ...{ connection: 'ready', in: { count: 2 }, out: { count: 1 } },
    ...{
      counters: { 'unknown cities': 1 },
      errors: { last: { name: 'KeyError', message: 'paris' } },
    },
  });
});

t.test('from a shell', async (t) => {
  const { heard, ended } = await start(t, 'sh', 'bot.sh', `set -e\n${blockWith('sh', 'holdfast')}`);
  t.same(await ended, { code: 0, stderr: '' });
  await heard(({ connection, in: came }) => connection === 'ready' && came?.count === 3);
  await heard(({ why, counters }) => why === 'the forecast is slow' && counters?.['retries'] === 2);
  await heard(({ connection }) => connection === undefined);
});

t.test('every block of the guide was run', async (t) => {
  const left = blocks.filter(
    (block) => !run.has(block.text) && (python || block.language !== 'python'),
  );
  t.same(left, []);
});
