import { nameOfSilence } from '../../../../agent/model/alert-name.ts';
import type { BotContext } from '../bot/context.ts';
import { sessionButtons, sessionByHash } from '../bot/lookup.ts';
import type { Talk } from '../bot/talk.ts';
import { isAbout, type Target } from '../format/button-data.ts';
import { answerTexts } from '../texts/answers.ts';
import { sessionTexts } from '../texts/sessions.ts';
import { alertTexts } from '../texts/silences.ts';
import { beginSilence } from './begin-silence.ts';

export const silenceAll = (context: BotContext, talk: Talk): Promise<void> =>
  beginSilence(context, talk, null);

export const endSilence = async (
  context: BotContext,
  talk: Talk,
  { incident }: Target,
): Promise<void> => {
  if (incident === null) return talk.toast(answerTexts.oldButton);
  const params = { silence: incident, remote: talk.remote };
  const ended = await context.agent.call('alert.unsilence', params);
  await talk.say(alertTexts.unsilenced(nameOfSilence(ended)));
};

export const pressSilence = async (
  context: BotContext,
  talk: Talk,
  target: Target,
): Promise<void> => {
  if (target.incident === null) {
    const session = await sessionByHash(context, target.session);
    return session === null ? talk.toast(sessionTexts.gone) : beginSilence(context, talk, session);
  }
  const { incident } = await context.agent.call('incident', { id: target.incident });
  const meant = incident.sessions.filter((session) => isAbout(target, session));
  const [only] = meant;
  if (only === undefined) return talk.toast(sessionTexts.gone);
  if (meant.length === 1) return beginSilence(context, talk, only, { server: incident.server });
  await talk.say(sessionTexts.which, sessionButtons(meant, 'silence', target.incident));
};
