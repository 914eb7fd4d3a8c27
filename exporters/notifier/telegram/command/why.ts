import type { IncidentReport } from '../../../../agent/protocol/agent.ts';
import type { Desk } from '../bot/desk.ts';
import { chooseSession, isSession, sessionByHash } from '../bot/lookup.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData, type Target } from '../bot/target.ts';
import type { Button } from '../format/keyboard.ts';
import { answerTexts, cardTexts } from '../texts.ts';
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
  desk: Desk,
  talk: Talk,
  which: { id?: string; session?: string },
): Promise<void> => {
  const report = await desk.agent.call('incident', which);
  const page = whyPage(report, which.session ?? null, desk.now());
  await talk.say(page, buttonsOf(report, desk.screens));
};

/** As `holdfast incidents` counts them. */
const incidentId = /^\d{1,9}$/;

export const why = async (desk: Desk, talk: Talk, given: string): Promise<void> => {
  if (given === '') return show(desk, talk, {});
  if (incidentId.test(given) && !(await isSession(desk, given)))
    return show(desk, talk, { id: given });
  const session = await chooseSession(desk, talk, given, { verb: 'why', exact: false });
  if (session !== null) await show(desk, talk, { session });
};

export const pressWhy = async (desk: Desk, talk: Talk, target: Target): Promise<void> => {
  if (target.incident !== null) return show(desk, talk, { id: target.incident });
  const session = target.session === null ? null : await sessionByHash(desk, target.session);
  if (session === null) return talk.toast(answerTexts.goneSession);
  await show(desk, talk, { session });
};
