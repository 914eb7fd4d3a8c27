import { ack } from '../command/ack.ts';
import { confirm, pressDeed } from '../command/deed.ts';
import { pressScreen } from '../command/screen.ts';
import { endSilence, pressSilence, silenceAll } from '../command/silence.ts';
import { pressWhy } from '../command/why.ts';
import { answerTexts } from '../texts.ts';
import type { Desk } from './desk.ts';
import type { Talk } from './talk.ts';
import { parseButton, type Target } from './target.ts';

type Press = (desk: Desk, talk: Talk, target: Target) => Promise<void>;

const presses: Readonly<Record<string, Press>> = {
  why: pressWhy,
  screen: pressScreen,
  restart: (desk, talk, target) => pressDeed(desk, talk, 'restart', target),
  start: (desk, talk, target) => pressDeed(desk, talk, 'start', target),
  stop: (desk, talk, target) => pressDeed(desk, talk, 'stop', target),
  yes: (desk, talk, { incident }) => confirm(desk, talk, incident ?? '', true),
  no: (desk, talk, { incident }) => confirm(desk, talk, incident ?? '', false),
  ack: (desk, talk, { incident }) => ack(desk, talk, incident ?? ''),
  silence: pressSilence,
  muteall: silenceAll,
  unmute: endSilence,
};

/** A press of a button by somebody who is paired. What no button of ours says is answered as an old one. */
export const press = async (desk: Desk, talk: Talk, data: string): Promise<void> => {
  const button = parseButton(data);
  const found = button && Object.hasOwn(presses, button.verb) ? presses[button.verb] : undefined;
  if (!button || !found) return talk.toast(answerTexts.oldButton);
  await found(desk, talk, button.target);
};
