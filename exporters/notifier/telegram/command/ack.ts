import type { BotContext } from '../bot/context.ts';
import type { Talk } from '../bot/talk.ts';
import { alertTexts } from '../texts/silences.ts';

/** @param given the id of an incident; empty: the newest */
export const ack = async (context: BotContext, talk: Talk, given: string): Promise<void> => {
  const { remote } = talk;
  const params = given === '' ? { remote } : { incident: given, remote };
  const { sessions } = await context.agent.call('alert.acknowledge', params);
  await talk.say(alertTexts.acknowledged(sessions));
};
