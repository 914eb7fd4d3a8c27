import type { Failure } from '../../../../agent/model/failure.ts';
import type { Desk } from '../bot/desk.ts';
import { chooseSession, nameOf, sessionButtons, sessionByHash } from '../bot/lookup.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData, sessionHash, type Target } from '../bot/target.ts';
import { foreign, lines } from '../format/rich.ts';
import { parseDuration, when } from '../format/time.ts';
import { alertTexts, answerTexts } from '../texts.ts';

const usualMs = 60 * 60_000;
const limitsMs = { least: 60_000, most: 30 * 24 * 60 * 60_000 };
const mostReason = 200;

const begin = async (
  desk: Desk,
  talk: Talk,
  session: string | null,
  { forMs = usualMs, reason = '', server = '' } = {},
): Promise<void> => {
  if (forMs < limitsMs.least || forMs > limitsMs.most) return talk.say(alertTexts.tooLong);
  const params = { forMs, remote: talk.remote, reason: reason || alertTexts.noReason };
  const silence = (name: string | null) =>
    desk.agent.call('alert.silence', { ...params, session: name });
  // Another server may have a session of the same name, and its owner a reason to have this one silenced.
  const exact = server === '' || session === null ? session : `${server}:${session}`;
  const { until } = await silence(exact).catch((cause: unknown) => {
    // An end of the whole machine names one server, and has sessions of others.
    if (exact === session || (cause as Failure).code !== 'unknown-session') throw cause;
    return silence(session);
  });
  await talk.say(alertTexts.silenced(session, when(until, desk.now())));
};

const everything = { text: alertTexts.everything, data: buttonData('muteall') };

/** What is silent now, each with a button to end it, and how to add one. */
const list = async (desk: Desk, talk: Talk): Promise<void> => {
  const { silences = [] } = await desk.agent.call('status', {});
  const ends = silences.map(({ silence, session }) => ({
    text: alertTexts.endSilence(session),
    data: buttonData('unmute', { incident: silence }),
  }));
  await talk.say(
    lines(
      silences.length === 0 ? alertTexts.noSilences : alertTexts.silences,
      ...silences.map((silence) => [
        alertTexts.silenced(silence.session, when(silence.until, desk.now())),
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
  const at = words.findIndex((word, i) => i > 0 && parseDuration(word) !== null);
  if (at === -1) return { name: given };
  const forMs = parseDuration(words[at] ?? '') ?? usualMs;
  const reason = words
    .slice(at + 1)
    .join(' ')
    .slice(0, mostReason);
  return { name: words.slice(0, at).join(' '), forMs, reason };
};

/** Everything, unless a session is called so. */
const silenceNamedAll = async (
  desk: Desk,
  talk: Talk,
  how: { forMs?: number; reason?: string },
): Promise<void> => {
  const status = await desk.agent.call('status', {});
  const called = status.sessions.filter(({ session }) => session === 'all');
  if (called.length === 0) return begin(desk, talk, null, how);
  const names = called.map((session) => nameOf(status, session));
  await talk.say(alertTexts.whichAll, [everything, ...sessionButtons(names, 'silence')]);
};

export const silence = async (desk: Desk, talk: Talk, given: string): Promise<void> => {
  if (given === '') return list(desk, talk);
  const { name, ...how } = parse(given);
  if (name === 'all') return silenceNamedAll(desk, talk, how);
  const session = await chooseSession(desk, talk, name, { verb: 'silence', exact: true });
  if (session !== null) await begin(desk, talk, session, how);
};

export const silenceAll = (desk: Desk, talk: Talk): Promise<void> => begin(desk, talk, null);

export const endSilence = async (desk: Desk, talk: Talk, { incident }: Target): Promise<void> => {
  if (incident === null) return talk.toast(answerTexts.oldButton);
  const params = { silence: incident, remote: talk.remote };
  const { session } = await desk.agent.call('alert.unsilence', params);
  await talk.say(alertTexts.unsilenced(session));
};

export const pressSilence = async (desk: Desk, talk: Talk, target: Target): Promise<void> => {
  if (target.incident === null) {
    const session = target.session === null ? null : await sessionByHash(desk, target.session);
    return session === null ? talk.toast(answerTexts.goneSession) : begin(desk, talk, session);
  }
  const { incident } = await desk.agent.call('incident', { id: target.incident });
  const meant = incident.sessions.filter(
    (session) => target.session === null || sessionHash(session) === target.session,
  );
  const [only] = meant;
  if (only === undefined) return talk.toast(answerTexts.goneSession);
  if (meant.length === 1) return begin(desk, talk, only, { server: incident.server });
  await talk.say(answerTexts.whichSession, sessionButtons(meant, 'silence', target.incident));
};
