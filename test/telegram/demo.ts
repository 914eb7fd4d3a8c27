import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { StatusDocument } from '../../agent/model/status/status.ts';
import type { PairingCode } from '../../agent/protocol/notifier.ts';
import { type Holdfast, startHoldfast } from './demo/holdfast.ts';
import { makeHome } from './demo/home.ts';
import { createTranscript } from './demo/transcript.ts';
import { createPhone, lastOrder, startWith } from './phone.ts';
import { startBotApi } from './server.ts';

/*
 * What a death looks like on a phone, without a token: a stand-in for the Bot API on loopback, and a person who follows
 * a script. Everything else is real: Holdfast, tmux, the death, the bot.
 */

const limitMs = 30_000;

const api = await startBotApi();
const home = makeHome(api.root, api.token);
const transcript = createTranscript(join(home, 'pictures'), console.log);
const phone = createPhone(api, { id: 4711, name: 'Ada' });

const pidOf = async (holdfast: Holdfast, session: string): Promise<number> => {
  const { sessions } = await holdfast.ask<StatusDocument>('status');
  const life = sessions.find((one) => one.session === session)?.life;
  const events = await holdfast.ask<{ data: { life: string; panes: { pid: number }[] } }>(
    ...['events', '--type', 'supervision.started', '--session', session, '--limit', '1'],
  );
  if (events.data.life !== life) throw new Error(`${session} is not up`);
  return events.data.panes[0]?.pid ?? 0;
};

/** Resolves with what the bot says then. */
const press = async (button: string, looks: RegExp) => {
  const after = lastOrder(api);
  const [message] = phone
    .messages()
    .toReversed()
    .filter(({ versions }) =>
      versions
        .at(-1)
        ?.keyboard?.inline_keyboard.flat()
        .some(({ text }) => text.includes(button)),
    );
  if (!message) throw new Error(`there is no button ${button}`);
  transcript.person(`press ${button}`);
  phone.press(message, button);
  return phone.until(`what follows ${button}`, looks, { after, limitMs });
};

const play = async (holdfast: Holdfast): Promise<void> => {
  const { code } = await holdfast.ask<PairingCode>('pair');
  transcript.note(`holdfast pair says: send ${code}`);
  transcript.person(startWith(code));
  phone.send(startWith(code));
  await phone.until('the welcome', /paired/, { limitMs });

  // Screens are kept every few seconds: something should be on this one.
  await wait(7000);
  const after = lastOrder(api);
  const pid = await pidOf(holdfast, 'api');
  transcript.note(`kill -9 ${pid}, the program of the session api`);
  process.kill(pid, 'SIGKILL');
  await phone.until('the message', /api died/, { after, limitMs });

  await press('Why', /api died|killed/i);
  await press('Screen', /screen/i);
  await press('Restart', /\?/);
  await press('Yes', /✅|Restarted/);
  await phone.until('that it is over', /Resolved/, { after, limitMs });

  const before = lastOrder(api);
  transcript.person('/screen api');
  phone.send('/screen api');
  await phone.until('the screen of now, in colours', /^api at /, { after: before, limitMs });
};

console.log(`A home of its own: ${home}\nA stand-in for the Bot API: ${api.root}\n`);
const holdfast = await startHoldfast(home);
let failed = false;
api.ledger.follow(transcript.tell);
try {
  await play(holdfast);
} catch (error) {
  failed = true;
  console.error(error instanceof Error ? error.message : error);
}
await holdfast.stop();
await api.close();
if (failed) process.exitCode = 1;
else rmSync(join(home, 'state'), { recursive: true, force: true });
console.log(`Pictures: ${join(home, 'pictures')}. With a bot of your own: docs/TELEGRAM.md.`);
