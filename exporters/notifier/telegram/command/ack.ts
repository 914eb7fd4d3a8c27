import type { Desk } from '../bot/desk.ts';
import type { Talk } from '../bot/talk.ts';
import { alertTexts } from '../texts.ts';

/** @param given the id of an incident; empty: the newest */
export const ack = async (desk: Desk, talk: Talk, given: string): Promise<void> => {
  const { remote } = talk;
  const params = given === '' ? { remote } : { incident: given, remote };
  const { sessions } = await desk.agent.call('alert.acknowledge', params);
  await talk.say(alertTexts.acknowledged(sessions));
};
