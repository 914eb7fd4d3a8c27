import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import type { BotStatus } from '../../agent/model/status/bot-status.ts';
import type { StatusDocument } from '../../agent/model/status/status.ts';
import { plainEnv, runCli } from '../agent/cli/run-cli.ts';
import { makePlace, startUp, untilLine } from '../agent/cli/running-up.ts';
import { eventually } from '../e2e/sampled.ts';
import { followPage, type Shown } from '../lab/documents/follow.ts';
import { botDirectory } from './bot-directory.ts';
import { readMarkdown } from './markdown.ts';
import { forMakeTest, scenesOf } from './troubleshooting/for-make-test.ts';
import { writeShims } from './troubleshooting/shims.ts';

const docs = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(docs, 'guides/whatsapp-bot.md'), 'utf8');
const example = (name: string): string => join(docs, 'examples/whatsapp', name);
/** What stands in for WhatsApp and its browser, and for nothing else. */
const noWhatsApp = join(import.meta.dirname, 'whatsapp/no-whatsapp.js');

t.test('the guide shows the files as they are', async (t) => {
  const { blocks } = readMarkdown(page);
  for (const [language, name] of [
    ['js', 'bot.js'],
    ['json', 'package.json'],
    ['yaml', 'holdfast.yaml'],
  ] as const) {
    const shown = blocks.filter((block) => block.language === language);
    t.same(
      shown.map(({ text }) => text),
      [readFileSync(example(name), 'utf8')],
      name,
    );
  }
});

/** The example, of a user who has installed what it needs, under `holdfast up`. */
const makeGround = async (t: Test) => {
  const place = makePlace(t);
  const root = dirname(place.home);
  const bot = await botDirectory(t);
  for (const name of ['bot.js', 'package.json']) copyFileSync(example(name), join(bot, name));
  symlinkSync(bot, join(root, 'whatsapp-bot'));
  mkdirSync(join(place.home, 'etc'), { recursive: true });
  copyFileSync(example('holdfast.yaml'), join(place.home, 'etc/holdfast.yaml'));
  const ours = writeShims(root, place.home);
  const node = `#!/bin/sh\nexec '${process.execPath}' --import '${noWhatsApp}' "$@"\n`;
  writeFileSync(join(ours, 'node'), node, { mode: 0o755 });
  const PATH = `${ours}:${process.env['PATH']}`;
  const env = plainEnv({ ...place.env, HOME: root, SHELL: '/bin/sh', PATH });
  const up = startUp(t, { ...place, env }, '--no-exporter', '--json');
  await untilLine(up.lines, /"supervising"/);

  const botThat = (what: string, is: (bot: BotStatus) => boolean): Promise<BotStatus> =>
    eventually(`the bot ${what}`, async () => {
      const { stdout } = await runCli(['status', '--home', place.home, '--json']);
      const { sessions } = JSON.parse(stdout) as StatusDocument;
      const found = sessions.find(({ session }) => session === 'whatsapp')?.bots?.[0];
      return found && is(found) ? found : undefined;
    });
  /** The client emits that. */
  const emits = (event: string, given: unknown = null): void => {
    const line = JSON.stringify([event, given]);
    place.tmux(place.managed, 'send-keys', '-t', '=whatsapp:', '-l', line);
    place.tmux(place.managed, 'send-keys', '-t', '=whatsapp:', 'Enter');
  };
  const is = (state: BotStatus['state']) => botThat(`is ${state}`, (bot) => bot.state === state);
  return { env, botThat, emits, is };
};

t.test(
  'from a QR code to the end of its login, with the real client',
  { timeout: 300_000 },
  async (t) => {
    const { env, botThat, emits, is } = await makeGround(t);
    await is('connecting');
    const scanned = async (): Promise<void> => {
      emits('authenticated');
      emits('ready');
      await is('ready');
    };
    const scenes: Record<string, () => Promise<void>> = {
      'it asks to be scanned': async () => {
        emits('qr', '2@first');
        t.match(await is('needs-login'), { needs: 'qr' });
      },
      'it was scanned': scanned,
      'its login ends': async () => {
        emits('message', 'weather?');
        const busy = await botThat('answered', (bot) => bot.out?.count === 1);
        t.match(busy, { in: { count: 1 }, login: { createdAt: Number } });
        emits('disconnected', 'LOGOUT');
        await is('logged-out');
        emits('qr', '2@second');
        await is('needs-login');
        t.equal((await is('needs-login')).pid, busy.pid, 'the process is the same');
      },
      'its connection is lost': async () => {
        const { pid } = await is('ready');
        emits('disconnected', 'NAVIGATION');
        await botThat('is another', (bot) => bot.state === 'connecting' && bot.pid !== pid);
      },
    };
    t.same(Object.keys(scenes).sort(), [...new Set(scenesOf(page))].sort(), 'the scenes');
    const { ran, skipped, differences } = await followPage(forMakeTest(page), {
      run: (_, command) =>
        new Promise<Shown>((resolve) => {
          execFile(
            'sh',
            ['-c', `exec 2>&1\n${command}`],
            { env, timeout: 60_000 },
            (error, stdout) =>
              resolve({ output: stdout, code: error === null ? 0 : Number(error.code ?? 1) }),
          );
        }),
      prepare: async (scene) => scenes[scene]?.(),
      progress: (text) => t.comment(text),
    });
    t.same(differences, []);
    t.same(skipped, []);
    t.equal(ran, 7);
  },
);
