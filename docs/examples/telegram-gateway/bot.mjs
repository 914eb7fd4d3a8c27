// A Telegram gateway: it answers every message, and tells Holdfast how it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bot } from 'grammy';
import { attachGrammy, createHeartbeat } from 'holdfast/heartbeat';

// systemd gives the token as a file that this unit alone can read (LoadCredential=).
const { CREDENTIALS_DIRECTORY = '.', TELEGRAM_API_ROOT: apiRoot } = process.env;
const token = readFileSync(join(CREDENTIALS_DIRECTORY, 'telegram-token'), 'utf8').trim();

// Another server than Telegram's own: a local Bot API, or a stand-in for tests.
const bot = new Bot(token, apiRoot ? { client: { apiRoot } } : {});

// Connected or not, messages in and out, errors: nothing else has to be said.
attachGrammy(bot, createHeartbeat());

bot.on('message:text', (context) => context.reply(`you said: ${context.message.text}`));
bot.catch(({ error }) => console.error(error));

// systemd asks it to end by SIGTERM: what it has in hand is answered first.
process.once('SIGTERM', () => bot.stop());

await bot.start();
