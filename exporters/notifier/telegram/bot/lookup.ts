import type { StatusDocument } from '../../../../agent/model/status/status.ts';
import { buttonData, sessionHash } from '../format/button-data.ts';
import type { Button } from '../format/keyboard.ts';
import { sessionTexts } from '../texts/sessions.ts';
import type { BotContext } from './context.ts';
import { allNames, sessionNames, unitNamed } from './names.ts';
import type { Talk } from './talk.ts';

/** `exact`: for what is done to it; else the start of a name will do where it is the start of one alone. */
const matching = (names: readonly string[], given: string, exact: boolean): string[] => {
  if (names.includes(given)) return [given];
  const lower = given.toLowerCase();
  const starting = names.filter((name) => name.toLowerCase().startsWith(lower));
  const found =
    starting.length > 0 ? starting : names.filter((name) => name.toLowerCase().includes(lower));
  return exact || found.length !== 1 ? found.slice(0, mostOffered) : found;
};

const mostOffered = 20;

export const sessionButtons = (
  names: readonly string[],
  verb: string,
  incident: string | null = null,
): Button[] =>
  names
    .slice(0, mostOffered)
    .map((name) => ({ text: name, data: buttonData(verb, { incident, session: name }) }));

/** Those that are sessions; all of them where none is. */
const sessionsOf = (status: StatusDocument, names: readonly string[]): readonly string[] => {
  const known = sessionNames(status);
  const sessions = names.filter((name) => known.includes(name));
  return sessions.length > 0 ? sessions : names;
};

export interface Choice {
  /** Of the buttons that are offered. */
  verb: string;
  exact: boolean;
  /** Whether a unit is meant only where no session can be: it has no screen. */
  sessionsFirst?: boolean;
}

/** The session or unit that is meant; null where that was not clear, and was asked. */
export const chooseSession = async (
  context: BotContext,
  talk: Talk,
  given: string,
  { verb, exact, sessionsFirst = false }: Choice,
): Promise<string | null> => {
  const status = await context.agent.call('status', {});
  const unit = unitNamed(status, given);
  if (unit) return unit.name;
  const names = allNames(status);
  if (names.length === 0) {
    await talk.say(sessionTexts.none);
    return null;
  }
  const all = given === '' ? names : matching(names, given, exact);
  const found = sessionsFirst ? sessionsOf(status, all) : all;
  const [only] = found;
  if (only !== undefined && given !== '' && found.length === 1 && (only === given || !exact))
    return only;
  if (found.length === 0) {
    await talk.say(sessionTexts.unknown(given), sessionButtons(names, verb));
    return null;
  }
  const question = given !== '' && exact ? sessionTexts.exactName : sessionTexts.which;
  await talk.say(question, sessionButtons(found, verb));
  return null;
};

/** By the hash on a button, among the sessions and units of now; null: there is none on it, or it is not there any more. */
export const sessionByHash = async (
  context: BotContext,
  hash: string | null,
): Promise<string | null> => {
  if (hash === null) return null;
  const names = allNames(await context.agent.call('status', {}));
  return names.find((name) => sessionHash(name) === hash) ?? null;
};

/** Whether a session or a unit is called exactly so. */
export const isSession = async (context: BotContext, given: string): Promise<boolean> =>
  allNames(await context.agent.call('status', {})).includes(given);
