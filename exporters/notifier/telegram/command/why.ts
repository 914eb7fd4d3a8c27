import type { IncidentReport } from '../../../../agent/protocol/agent.ts';
import type { BotContext } from '../bot/context.ts';
import { chooseSession, isSession, sessionByHash } from '../bot/lookup.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData, type Target } from '../format/button-data.ts';
import type { Button } from '../format/keyboard.ts';
import { cardTexts } from '../texts/card.ts';
import { sessionTexts } from '../texts/sessions.ts';
import { whyPage } from './why-page.ts';

const buttonsOf = ({ incident }: IncidentReport, screens: boolean): Button[] => {
  const target = { incident: incident.incident };
  const { buttons } = cardTexts;
  return [
    ...(screens ? [{ text: buttons.screen, data: buttonData('screen', target) }] : []),
    ...(incident.sessions.length > 0
      ? [{ text: buttons.restart, data: buttonData('restart', target) }]
      : []),
    ...(incident.acknowledged
      ? []
      : [{ text: buttons.acknowledge, data: buttonData('ack', target) }]),
  ];
};

const show = async (
  context: BotContext,
  talk: Talk,
  which: { id?: string; session?: string },
): Promise<void> => {
  const report = await context.agent.call('incident', which);
  const page = whyPage(report, which.session ?? null, context.now());
  await talk.say(page, buttonsOf(report, context.screens));
};

/** As `holdfast incidents` counts them. */
const incidentId = /^\d{1,9}$/;

export const why = async (context: BotContext, talk: Talk, given: string): Promise<void> => {
  if (given === '') return show(context, talk, {});
  if (incidentId.test(given) && !(await isSession(context, given)))
    return show(context, talk, { id: given });
  const session = await chooseSession(context, talk, given, { verb: 'why', exact: false });
  if (session !== null) await show(context, talk, { session });
};

export const pressWhy = async (context: BotContext, talk: Talk, target: Target): Promise<void> => {
  if (target.incident !== null) return show(context, talk, { id: target.incident });
  const session = await sessionByHash(context, target.session);
  if (session === null) return talk.toast(sessionTexts.gone);
  await show(context, talk, { session });
};
