import { nameOfSilence } from '../../../../agent/model/alert-name.ts';
import type { BotContext } from '../bot/context.ts';
import { chooseSession, sessionButtons } from '../bot/lookup.ts';
import { nameOf, unitNamed } from '../bot/names.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData } from '../format/button-data.ts';
import { foreign } from '../format/foreign.ts';
import { lines } from '../format/rich.ts';
import { parseDuration, when } from '../format/time.ts';
import { alertTexts } from '../texts/silences.ts';
import { beginSilence } from './begin-silence.ts';

const mostReason = 200;

const everything = { text: alertTexts.everything, data: buttonData('muteall') };

/** What is silent now, each with a button to end it, and how to add one. */
const list = async (context: BotContext, talk: Talk): Promise<void> => {
  const { silences = [] } = await context.agent.call('status', {});
  const ends = silences.map((silence) => ({
    text: alertTexts.endSilence(nameOfSilence(silence)),
    data: buttonData('unmute', { incident: silence.silence }),
  }));
  await talk.say(
    lines(
      silences.length === 0 ? alertTexts.noSilences : alertTexts.silences,
      ...silences.map((silence) => [
        alertTexts.silenced(nameOfSilence(silence), when(silence.until, context.now())),
        silence.reason === '' ? '' : [' ', foreign(silence.reason, 'plain', mostReason)],
      ]),
      alertTexts.howToSilence,
    ),
    [everything, ...ends],
  );
};

/** `NAME [2h [REASON]]`, `all [30m [REASON]]`. Names may have blanks: what stands before the time is the name. */
const parse = (given: string): { name: string; forMs?: number; reason?: string } => {
  const words = given.split(' ');
  const times = words.map(parseDuration);
  const at = times.findIndex((ms, i) => i > 0 && ms !== null);
  const forMs = times[at] ?? null;
  if (forMs === null) return { name: given };
  const reason = words
    .slice(at + 1)
    .join(' ')
    .slice(0, mostReason);
  return { name: words.slice(0, at).join(' '), forMs, reason };
};

/** Everything, unless a session or a unit is called so. */
const silenceNamedAll = async (
  context: BotContext,
  talk: Talk,
  how: { forMs?: number; reason?: string },
): Promise<void> => {
  const status = await context.agent.call('status', {});
  const called = status.sessions.filter(({ session }) => session === 'all');
  const names = [
    ...called.map((session) => nameOf(status, session)),
    ...(unitNamed(status, 'all') ? ['all'] : []),
  ];
  if (names.length === 0) return beginSilence(context, talk, null, how);
  await talk.say(alertTexts.whichAll, [everything, ...sessionButtons(names, 'silence')]);
};

export const silence = async (context: BotContext, talk: Talk, given: string): Promise<void> => {
  if (given === '') return list(context, talk);
  const { name, ...how } = parse(given);
  if (name === 'all') return silenceNamedAll(context, talk, how);
  const session = await chooseSession(context, talk, name, { verb: 'silence', exact: true });
  if (session !== null) await beginSilence(context, talk, session, how);
};
