import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import { Failure } from '../../../../agent/model/failure.ts';
import type { Desk } from '../bot/desk.ts';
import { chooseSession, sessionButtons, sessionByHash } from '../bot/lookup.ts';
import type { Talk } from '../bot/talk.ts';
import { sessionHash, type Target } from '../bot/target.ts';
import { when } from '../format/time.ts';
import { answerTexts } from '../texts.ts';
import { keptScreen } from './kept-screen.ts';
import { showScreen } from './show-screen.ts';
import { deathsIn } from './why-page.ts';

const showKept = async (desk: Desk, talk: Talk, death: DeathRecord, text: boolean) => {
  const screen = await keptScreen(desk, death);
  if (screen === null) return talk.say(answerTexts.noScreen(death.session));
  const caption = answerTexts.lastScreenOf(death.session, when(screen.takenAt, desk.now()));
  await showScreen(desk, talk, screen, { caption, text });
};

/** What is not running has no screen but the one of its end. */
const showEnd = async (desk: Desk, talk: Talk, session: string, text: boolean, why: Failure) => {
  const report = await desk.agent.call('incident', { session }).catch(() => null);
  const death = report && deathsIn(report).find((record) => record.session === session);
  if (!death) throw why;
  await showKept(desk, talk, death, text);
};

const showLive = async (desk: Desk, talk: Talk, session: string, text: boolean): Promise<void> => {
  try {
    const screen = await desk.agent.call('screen.capture', { session });
    const caption = answerTexts.screenOf(session, when(screen.takenAt, desk.now()));
    await showScreen(desk, talk, screen, { caption, text });
  } catch (error) {
    if (!(error instanceof Failure) || !absent.has(error.code)) throw error;
    await showEnd(desk, talk, session, text, error);
  }
};

const absent: ReadonlySet<string> = new Set(['not-running', 'unknown-session']);

const wantsText = / text$/i;

/** `NAME`, or `NAME text`; a session may be called so itself. */
export const screen = async (desk: Desk, talk: Talk, given: string): Promise<void> => {
  if (!desk.screens) return talk.say(answerTexts.screensOff);
  const text = wantsText.test(given);
  const name = text ? given.replace(wantsText, '').trim() : given;
  const session = await chooseSession(desk, talk, name, { verb: 'screen', exact: false });
  if (session !== null) await showLive(desk, talk, session, text);
};

/** Of an incident the screens kept at the end; of a session that of now. */
export const pressScreen = async (desk: Desk, talk: Talk, target: Target): Promise<void> => {
  if (!desk.screens) return talk.toast(answerTexts.screensOff);
  if (target.incident === null) {
    const session = target.session === null ? null : await sessionByHash(desk, target.session);
    if (session === null) return talk.toast(answerTexts.goneSession);
    return showLive(desk, talk, session, false);
  }
  const report = await desk.agent.call('incident', { id: target.incident });
  const deaths = deathsIn(report);
  const meant = deaths.filter(
    ({ session }) => target.session === null || sessionHash(session) === target.session,
  );
  const [only] = meant;
  if (only === undefined) return talk.say(answerTexts.noScreen(report.incident.sessions[0] ?? '?'));
  if (meant.length === 1) return showKept(desk, talk, only, false);
  const names = [...new Set(meant.map(({ session }) => session))];
  await talk.say(answerTexts.whichSession, sessionButtons(names, 'screen', target.incident));
};
