import { ack } from '../command/ack.ts';
import { confirm, pressDeed } from '../command/deed.ts';
import { pressLogin } from '../command/login.ts';
import { pressScreen } from '../command/screen.ts';
import { endSilence, pressSilence, silenceAll } from '../command/silence-buttons.ts';
import { pressWhy } from '../command/why.ts';
import { parseButton, type Target } from '../format/button-data.ts';
import { answerTexts } from '../texts/answers.ts';
import type { BotContext } from './context.ts';
import type { Talk } from './talk.ts';

type Press = (context: BotContext, talk: Talk, target: Target) => Promise<void>;

const presses: Readonly<Record<string, Press>> = {
  why: pressWhy,
  screen: pressScreen,
  login: pressLogin,
  restart: (context, talk, target) => pressDeed(context, talk, 'restart', target),
  start: (context, talk, target) => pressDeed(context, talk, 'start', target),
  stop: (context, talk, target) => pressDeed(context, talk, 'stop', target),
  yes: (context, talk, { incident }) => confirm(context, talk, incident ?? '', true),
  no: (context, talk, { incident }) => confirm(context, talk, incident ?? '', false),
  ack: (context, talk, { incident }) => ack(context, talk, incident ?? ''),
  silence: pressSilence,
  muteall: silenceAll,
  unmute: endSilence,
};

/** A press of a button by somebody who is paired. What no button of ours says is answered as an old one. */
export const press = async (context: BotContext, talk: Talk, data: string): Promise<void> => {
  const button = parseButton(data);
  const found = button && Object.hasOwn(presses, button.verb) ? presses[button.verb] : undefined;
  if (!button || !found) return talk.toast(answerTexts.oldButton);
  await found(context, talk, button.target);
};
