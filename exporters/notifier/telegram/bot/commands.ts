import { ack } from '../command/ack.ts';
import { deed } from '../command/deed.ts';
import { help } from '../command/help.ts';
import { incidents } from '../command/incidents.ts';
import { screen } from '../command/screen.ts';
import { sessions } from '../command/sessions.ts';
import { silence } from '../command/silence.ts';
import { status } from '../command/status.ts';
import { why } from '../command/why.ts';
import { codeIn } from '../pairing/code.ts';
import { answerTexts, type commandTexts, pairingTexts } from '../texts.ts';
import type { Desk } from './desk.ts';
import { isSession } from './lookup.ts';
import type { Talk } from './talk.ts';

/** @param given what stands behind the command */
export type Command = (desk: Desk, talk: Talk, given: string) => Promise<void>;

/** Every phone sends `/start` when it meets a bot, with the code of a link that was followed again. */
const start: Command = async (desk, talk, given) => {
  if (given === '') return help(talk);
  if (codeIn(given) === null || (await isSession(desk, given)))
    return deed(desk, talk, 'start', given);
  await talk.say(pairingTexts.already(desk.host));
};

const commands: Readonly<Record<keyof typeof commandTexts, Command>> = {
  status,
  sessions,
  why,
  incidents,
  screen,
  restart: (desk, talk, given) => deed(desk, talk, 'restart', given),
  start,
  stop: (desk, talk, given) => deed(desk, talk, 'stop', given),
  ack,
  silence,
  help: (_, talk) => help(talk),
};

/** `/NAME` or `/NAME@BOT`, then what it is about, over several lines or not. */
const form = /^\/([a-z_]{1,32})(?:@(\w{1,64}))?(?:\s+([\s\S]*))?$/i;

/** A message of somebody who is paired. @param bot our name; a command for another one is not for us */
export const obey = async (desk: Desk, talk: Talk, text: string, bot: string): Promise<void> => {
  const [, name, to, given = ''] = form.exec(text.trim()) ?? [];
  if (name === undefined) return talk.say(answerTexts.unreadable);
  if (to !== undefined && to.toLowerCase() !== bot.toLowerCase()) return;
  const known = Object.hasOwn(commands, name.toLowerCase());
  if (!known) return talk.say(answerTexts.unknownCommand(name));
  const command = commands[name.toLowerCase() as keyof typeof commands];
  await command(desk, talk, given.trim());
};
