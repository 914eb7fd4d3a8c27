import type { SessionStatus, StatusDocument } from '../../../../agent/model/status.ts';
import { buttonData, sessionHash } from '../format/button-data.ts';
import type { Button } from '../format/keyboard.ts';
import { sessionTexts } from '../texts/sessions.ts';
import type { BotContext } from './context.ts';
import type { Talk } from './talk.ts';

/** A name that stands for this session alone. */
export const nameOf = (status: StatusDocument, { session, server }: SessionStatus): string =>
  status.sessions.filter((other) => other.session === session).length > 1
    ? `${server}:${session}`
    : session;

const namesOf = (status: StatusDocument): string[] =>
  status.sessions.map((session) => nameOf(status, session));

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

/**
 * The session that is meant; null where that was not clear, and was asked.
 * @param verb of the buttons that are offered
 */
export const chooseSession = async (
  context: BotContext,
  talk: Talk,
  given: string,
  { verb, exact }: { verb: string; exact: boolean },
): Promise<string | null> => {
  const names = namesOf(await context.agent.call('status', {}));
  if (names.length === 0) {
    await talk.say(sessionTexts.none);
    return null;
  }
  const found = given === '' ? names : matching(names, given, exact);
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

/** By the hash on a button, among the sessions of now; null: there is none on it, or it is not there any more. */
export const sessionByHash = async (
  context: BotContext,
  hash: string | null,
): Promise<string | null> => {
  if (hash === null) return null;
  const names = namesOf(await context.agent.call('status', {}));
  return names.find((name) => sessionHash(name) === hash) ?? null;
};

/** Whether a session is called exactly so. */
export const isSession = async (context: BotContext, given: string): Promise<boolean> =>
  namesOf(await context.agent.call('status', {})).includes(given);
