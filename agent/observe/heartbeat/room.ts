import { maxBotsOfLife } from '../../model/bot/bots.ts';
import { sameInstance } from '../../model/life.ts';
import type { Speaker } from './speech.ts';

const maxOfProcess = 8;
const maxOfOwner = 256;
const maxInAll = 512;

/** Whether one more is heard, beside those that are: of its process, its life, its owner, and in all. */
export const hasRoomAmong = (
  speakers: readonly Speaker[],
  { process, life, owner }: Speaker,
): boolean => {
  const count = (isOne: (one: Speaker) => boolean): number => speakers.filter(isOne).length;
  return (
    speakers.length < maxInAll &&
    count((one) => one.owner === owner) < maxOfOwner &&
    count((one) => one.life === life) < maxBotsOfLife &&
    count((one) => sameInstance(one.process, process)) < maxOfProcess
  );
};
