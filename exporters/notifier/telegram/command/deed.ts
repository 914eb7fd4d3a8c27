import { Failure as AnyFailure, type Failure } from '../../../../agent/model/failure.ts';
import type { ActionResult } from '../../../../agent/protocol/agent.ts';
import type { BotContext } from '../bot/context.ts';
import { failureText } from '../bot/failure-text.ts';
import { chooseSession, sessionButtons, sessionByHash } from '../bot/lookup.ts';
import { nameAt } from '../bot/names.ts';
import type { Talk } from '../bot/talk.ts';
import type { Target } from '../format/button-data.ts';
import { foreign } from '../format/foreign.ts';
import { answerTexts } from '../texts/answers.ts';
import { type Deed, deedTexts } from '../texts/deeds.ts';
import { sessionTexts } from '../texts/sessions.ts';

const ask = (context: BotContext, talk: Talk, deed: Deed, session: string): Promise<void> => {
  const id = context.confirmations.ask({ deed, session, user: talk.remote.user });
  return talk.say(deedTexts.ask(deed, session), [
    { text: deedTexts.yes(deed), data: `yes:${id}` },
    { text: deedTexts.no, data: `no:${id}` },
  ]);
};

/** Something is done to a session or unit: by its exact name, and only once it is confirmed. */
export const deed = async (
  context: BotContext,
  talk: Talk,
  what: Deed,
  given: string,
): Promise<void> => {
  const session = await chooseSession(context, talk, given, { verb: what, exact: true });
  if (session !== null) await ask(context, talk, what, session);
};

export const pressDeed = async (
  context: BotContext,
  talk: Talk,
  what: Deed,
  target: Target,
): Promise<void> => {
  if (target.session !== null) {
    const session = await sessionByHash(context, target.session);
    return session === null ? talk.toast(sessionTexts.gone) : ask(context, talk, what, session);
  }
  if (target.incident === null) return talk.toast(answerTexts.oldButton);
  const { incident } = await context.agent.call('incident', { id: target.incident });
  const status = await context.agent.call('status', {});
  const names = incident.sessions.map((session) => nameAt(status, incident.server, session));
  const [only] = names;
  if (only === undefined) return talk.toast(sessionTexts.gone);
  if (names.length === 1) return ask(context, talk, what, only);
  await talk.say(sessionTexts.which, sessionButtons(names, what));
};

const carryOut = async (
  context: BotContext,
  talk: Talk,
  what: Deed,
  session: string,
): Promise<ActionResult | Failure> => {
  try {
    return await context.agent.call(`session.${what}`, { session, remote: talk.remote });
  } catch (error) {
    if (error instanceof AnyFailure) return error;
    throw error;
  }
};

/** The answer to a question of `ask`: done once, and only for who was asked. */
export const confirm = async (
  context: BotContext,
  talk: Talk,
  id: string,
  isYes: boolean,
): Promise<void> => {
  const question = context.confirmations.take(id, talk.remote.user);
  if (question === 'not-yours') return talk.toast(deedTexts.notYours);
  if (question === 'answered') return talk.toast(deedTexts.answered);
  if (question === 'expired') {
    await talk.toast(deedTexts.expired);
    return talk.replace(deedTexts.expired);
  }
  const { deed: what, session } = question;
  if (!isYes) return talk.replace(deedTexts.cancelled(what, session));
  // A question that stays must not look as if it could be answered again; a slow line must not delay the deed.
  const announced = talk.replace(deedTexts.doing(what, session)).catch(() => undefined);
  const result = await carryOut(context, talk, what, session);
  await announced;
  if (result instanceof AnyFailure)
    return talk.replace(deedTexts.failed(what, session, failureText(result, true)));
  await talk.replace(
    result.outcome === 'done'
      ? deedTexts.done(what, session)
      : deedTexts.failed(what, session, foreign(result.message)),
  );
};
