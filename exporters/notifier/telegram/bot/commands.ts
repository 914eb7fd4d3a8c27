import { ack } from '../command/ack.ts';
import { deed } from '../command/deed.ts';
import { help } from '../command/help.ts';
import { incidents } from '../command/incidents.ts';
import { login } from '../command/login.ts';
import { screen } from '../command/screen.ts';
import { sessions } from '../command/sessions.ts';
import { silence } from '../command/silence.ts';
import { status } from '../command/status.ts';
import { why } from '../command/why.ts';
import { codeIn } from '../pairing/code.ts';
import { answerTexts } from '../texts/answers.ts';
import type { commandTexts } from '../texts/commands.ts';
import { pairingTexts } from '../texts/pairing.ts';
import type { BotContext } from './context.ts';
import { isSession } from './lookup.ts';
import type { Talk } from './talk.ts';

/** @param given what stands behind the command */
export type Command = (context: BotContext, talk: Talk, given: string) => Promise<void>;

/** Every phone sends `/start` when it meets a bot, with the code of a link that was followed again. */
const start: Command = async (context, talk, given) => {
  if (given === '') return help(talk);
  if (codeIn(given) === null || (await isSession(context, given)))
    return deed(context, talk, 'start', given);
  await talk.say(pairingTexts.already(context.host));
};

const commands: Readonly<Record<keyof typeof commandTexts, Command>> = {
  status,
  sessions,
  why,
  incidents,
  screen,
  login,
  restart: (context, talk, given) => deed(context, talk, 'restart', given),
  start,
  stop: (context, talk, given) => deed(context, talk, 'stop', given),
  ack,
  silence,
  help: (_, talk) => help(talk),
};

/** `/NAME` or `/NAME@BOT`, then what it is about, over several lines or not. */
const form = /^\/([a-z_]{1,32})(?:@(\w{1,64}))?(?:\s+([\s\S]*))?$/i;

/** A message of somebody who is paired. @param bot our name; a command for another one is not for us */
export const obey = async (
  context: BotContext,
  talk: Talk,
  text: string,
  bot: string,
): Promise<void> => {
  const [, name, to, given = ''] = form.exec(text.trim()) ?? [];
  if (name === undefined) return talk.say(answerTexts.unreadable);
  if (to !== undefined && to.toLowerCase() !== bot.toLowerCase()) return;
  const known = Object.hasOwn(commands, name.toLowerCase());
  if (!known) return talk.say(answerTexts.unknownCommand(name));
  const command = commands[name.toLowerCase() as keyof typeof commands];
  await command(context, talk, given.trim());
};
