import { oftenText } from '../chance.ts';
import { nameText } from '../killer.ts';
import type { PastEnd } from '../past-end.ts';
import { samenessOf } from '../sameness.ts';
import type { FindTrait } from './found.ts';

/** Where nothing else was seen: a shell that is worked in has had this many different commands. */
const commands = 25;

const commandOf = ({ death }: PastEnd): string | null => death?.lastCommand ?? null;

/**
 * The same command was the last, and not the session's own program, which is always there. Of that many equally common
 * commands three are the same once in 625 histories; one that was the last at ends of another kind too is commoner, and is
 * claimed later or not at all.
 */
export const sameCommand: FindTrait = (ends, others) => {
  const found = samenessOf(ends.map(commandOf), others.map(commandOf), 1 / commands);
  if (!found) return null;
  const often = oftenText(found.agreeing, found.all);
  return { kind: 'command', text: `${often} with ${nameText(found.key)} as the last command` };
};
