import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Bot, InlineKeyboard, InputFile } from 'grammy';
import t, { type Test } from 'tap';
import { samplePicture } from './sample-picture.ts';
import { poll } from './start-for-test.ts';

const token = '1234:stand-in-token-of-this-test_0123456789';

const start = async (t: Test) => {
  const pictures = mkdtempSync(join(tmpdir(), 'holdfast-pictures-'));
  const options = ['--token', token, '--username', 'test_bot', '--pictures', pictures];
  const program = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.teardown(async () => {
    if (program.exitCode === null && program.kill('SIGKILL')) await once(program, 'exit');
    rmSync(pictures, { recursive: true });
  });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const hear = async () => JSON.parse((await lines.next()).value as string);
  const say = (line: object) => program.stdin.write(`${JSON.stringify(line)}\n`);
  return { program, hear, say };
};

t.test('the server as a program', async (t) => {
  const { program, hear, say } = await start(t);
  const ready = await hear();
  t.match(ready, { ready: true, root: /^http:\/\/127\.0\.0\.1:\d+$/, username: 'test_bot' });

  await t.test('what a person does, and what is accepted', async (t) => {
    const bot = new Bot(token, { client: { apiRoot: ready.root } });
    bot.command('screen', (ctx) =>
      ctx.replyWithPhoto(new InputFile(samplePicture, 'screen.png'), {
        caption: 'the screen',
        reply_markup: new InlineKeyboard().text('Why', 'why'),
      }),
    );
    bot.command('hello', (ctx) => ctx.reply('once').catch(() => ctx.reply('again')));
    bot.callbackQuery('why', (ctx) => ctx.answerCallbackQuery('because'));
    poll(t, bot);
    say({ from: 4711, text: '/screen' });
    const shown = await hear();
    t.match(shown, { kind: 'sent', chat: 4711, text: 'the screen', buttons: ['Why'] });
    t.same(readFileSync(shown.media), samplePicture);
    say({ from: 4711, press: 'Why' });
    t.match(await hear(), { kind: 'answered', text: 'because' });
    say({ from: 4711, press: 'Restart' });
    t.match(await hear(), { kind: 'refused', error: 'no message has a button Restart' });
    say({ method: 'sendMessage', fault: { kind: 'error', code: 500 } });
    say({ from: 4711, text: '/hello' });
    t.match(await hear(), { kind: 'sent', text: 'again' });
  });

  program.kill('SIGTERM');
  t.same(await once(program, 'exit'), [0, null]);
});
