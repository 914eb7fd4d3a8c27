import { deathsOf } from '../../../../agent/model/death-in.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import { Failure } from '../../../../agent/model/failure.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import type { BotContext } from '../bot/context.ts';
import { chooseSession, sessionButtons, sessionByHash } from '../bot/lookup.ts';
import { unitNamed } from '../bot/names.ts';
import type { Talk } from '../bot/talk.ts';
import { isAbout, type Target } from '../format/button-data.ts';
import type { Rich } from '../format/rich.ts';
import { when } from '../format/time.ts';
import { screenTexts } from '../texts/screens.ts';
import { sessionTexts } from '../texts/sessions.ts';
import { unitTexts } from '../texts/units.ts';
import { keptScreen } from './kept-screen.ts';
import { showScreen } from './show-screen.ts';

const noneOf = (session: string, isUnit: boolean): Rich =>
  isUnit ? unitTexts.noScreen(session) : screenTexts.none(session);

/** Of a unit its last lines, which are no screen and no picture. */
const showKept = async (context: BotContext, talk: Talk, death: DeathRecord, text: boolean) => {
  const isUnit = death.unit !== undefined;
  const screen = await keptScreen(context, death);
  if (screen === null) return talk.say(noneOf(death.session, isUnit));
  const last = isUnit ? unitTexts.lastLines : screenTexts.last;
  const caption = last(death.session, when(screen.takenAt, context.now()));
  await showScreen(context, talk, screen, { caption, text: text || isUnit });
};

/** What is not running has no screen but the one of its end. */
const showEnd = async (
  context: BotContext,
  talk: Talk,
  session: string,
  text: boolean,
  why: Failure,
) => {
  const report = await context.agent.call('incident', { session }).catch(() => null);
  const death = report && deathsOf(report.events).find((record) => record.session === session);
  if (!death) throw why;
  await showKept(context, talk, death, text);
};

const isUnit = async (context: BotContext, name: string): Promise<boolean> =>
  unitNamed(await context.agent.call('status', {}), name) !== null;

const showLive = async (
  context: BotContext,
  talk: Talk,
  session: string,
  text: boolean,
): Promise<void> => {
  if (await isUnit(context, session)) return talk.say(unitTexts.noScreen(session));
  try {
    const screen = await context.agent.call('screen.capture', { session });
    const caption = screenTexts.now(session, when(screen.takenAt, context.now()));
    await showScreen(context, talk, screen, { caption, text });
  } catch (error) {
    if (!(error instanceof Failure) || !absent.has(error.code)) throw error;
    await showEnd(context, talk, session, text, error);
  }
};

const absent: ReadonlySet<string> = new Set(['not-running', 'unknown-session']);

const wantsText = / text$/i;

/** `NAME`, or `NAME text`; a session may be called so itself. */
export const screen = async (context: BotContext, talk: Talk, given: string): Promise<void> => {
  if (!context.screens) return talk.say(screenTexts.off);
  const text = wantsText.test(given);
  const name = text ? given.replace(wantsText, '').trim() : given;
  const choice = { verb: 'screen', exact: false, sessionsFirst: true };
  const session = await chooseSession(context, talk, name, choice);
  if (session !== null) await showLive(context, talk, session, text);
};

/** Of an incident the screens kept at the end; of a session that of now. */
export const pressScreen = async (
  context: BotContext,
  talk: Talk,
  target: Target,
): Promise<void> => {
  if (!context.screens) return talk.toast(screenTexts.off);
  if (target.incident === null) {
    const session = await sessionByHash(context, target.session);
    if (session === null) return talk.toast(sessionTexts.gone);
    return showLive(context, talk, session, false);
  }
  const report = await context.agent.call('incident', { id: target.incident });
  const { server, sessions } = report.incident;
  const meant = deathsOf(report.events).filter(({ session }) => isAbout(target, session));
  const [only] = meant;
  if (only === undefined) return talk.say(noneOf(sessions[0] ?? '?', server === unitsServer));
  if (meant.length === 1) return showKept(context, talk, only, false);
  const names = [...new Set(meant.map(({ session }) => session))];
  await talk.say(sessionTexts.which, sessionButtons(names, 'screen', target.incident));
};
