import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { kinds } from '../../agent/heartbeat/testing/main.ts';
import { botDirectory } from './bot-directory.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/guides/testing-message-events.md'), 'utf8');
const { blocks, spans } = readMarkdown(guide);
const [ofTelegram, ofWhatsApp, ...others] = blocks.filter(({ language }) => language === 'js');
const printed = blocks.filter(({ language }) => language === 'text').map(({ text }) => text);

const run = (cwd: string): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['bot.mjs'], { cwd }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });

t.test('the bot of Telegram passes', async (t) => {
  const place = await botDirectory(t);
  writeFileSync(join(place, 'bot.mjs'), ofTelegram?.text ?? '');
  const { code, stdout, stderr } = await run(place);
  t.same({ code, stderr }, { code: 0, stderr: '' });
  t.match(stdout, `${kinds.length * 2} of ${kinds.length * 2} messages were handled once`);
});

t.test('the bot of WhatsApp has the mistakes the guide says', async (t) => {
  const place = await botDirectory(t);
  writeFileSync(join(place, 'bot.mjs'), ofWhatsApp?.text ?? '');
  t.same(await run(place), { code: 1, stdout: printed.join(''), stderr: '' });
});

t.test('every block is run, and every kind explained', async (t) => {
  t.same(others, []);
  t.equal(printed.length, 1);
  for (const kind of kinds) t.ok(spans.includes(kind), kind);
});
