import { deathsOf } from '../../../../agent/model/death-in.ts';
import { Failure } from '../../../../agent/model/failure.ts';
import type { UnitLine } from '../../../../agent/model/status/unit-line.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import type { IncidentReport } from '../../../../agent/protocol/agent.ts';
import type { BotContext } from '../bot/context.ts';
import { chooseSession, isSession, sessionByHash } from '../bot/lookup.ts';
import { unitNamed } from '../bot/names.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData, type Target } from '../format/button-data.ts';
import type { Button } from '../format/keyboard.ts';
import { lines } from '../format/rich.ts';
import { cardTexts } from '../texts/card.ts';
import { sessionTexts } from '../texts/sessions.ts';
import { unitPage } from './unit-lines.ts';
import { whyPage } from './why-page.ts';

/** Units have none, but for what they wrote last. */
const hasScreen = ({ incident, events }: IncidentReport): boolean =>
  incident.server !== unitsServer || deathsOf(events).some(({ screens }) => screens.length > 0);

const buttonsOf = (report: IncidentReport, screens: boolean): Button[] => {
  const { incident } = report;
  const target = { incident: incident.incident };
  const { buttons } = cardTexts;
  return [
    ...(screens && hasScreen(report)
      ? [{ text: buttons.screen, data: buttonData('screen', target) }]
      : []),
    ...(incident.sessions.length > 0
      ? [{ text: buttons.restart, data: buttonData('restart', target) }]
      : []),
    ...(incident.acknowledged
      ? []
      : [{ text: buttons.acknowledge, data: buttonData('ack', target) }]),
  ];
};

const unitButtons = ({ name: session }: UnitLine): Button[] => [
  { text: cardTexts.buttons.restart, data: buttonData('restart', { session }) },
  { text: cardTexts.buttons.silence, data: buttonData('silence', { session }) },
];

const show = async (
  context: BotContext,
  talk: Talk,
  which: { id?: string; session?: string },
): Promise<void> => {
  const report = await context.agent.call('incident', which);
  const page = whyPage(report, which.session ?? null, context.now());
  await talk.say(page, buttonsOf(report, context.screens));
};

const noneYet = (error: unknown): null => {
  if (error instanceof Failure && error.code === 'unknown-incident') return null;
  throw error;
};

/** A unit as it is now, and below it the newest incident it was part of, if there was one. */
const showUnit = async (context: BotContext, talk: Talk, unit: UnitLine): Promise<void> => {
  const session = unit.name;
  const report = await context.agent.call('incident', { session }).catch(noneYet);
  const now = context.now();
  const page = unitPage(unit, now);
  if (report === null) return talk.say(page, unitButtons(unit));
  await talk.say(
    lines(page, '', whyPage(report, session, now)),
    buttonsOf(report, context.screens),
  );
};

const showNamed = async (context: BotContext, talk: Talk, session: string): Promise<void> => {
  const unit = unitNamed(await context.agent.call('status', {}), session);
  await (unit ? showUnit(context, talk, unit) : show(context, talk, { session }));
};

/** As `holdfast incidents` counts them. */
const incidentId = /^\d{1,9}$/;

export const why = async (context: BotContext, talk: Talk, given: string): Promise<void> => {
  if (given === '') return show(context, talk, {});
  if (incidentId.test(given) && !(await isSession(context, given)))
    return show(context, talk, { id: given });
  const session = await chooseSession(context, talk, given, { verb: 'why', exact: false });
  if (session !== null) await showNamed(context, talk, session);
};

export const pressWhy = async (context: BotContext, talk: Talk, target: Target): Promise<void> => {
  if (target.incident !== null) return show(context, talk, { id: target.incident });
  const session = await sessionByHash(context, target.session);
  if (session === null) return talk.toast(sessionTexts.gone);
  await showNamed(context, talk, session);
};
