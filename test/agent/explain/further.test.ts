import t from 'tap';
import { actorOf } from '../../../agent/explain/actor.ts';
import { mayBeKnownBetter } from '../../../agent/explain/further.ts';
import { verdict } from '../../../agent/explain/wording.ts';
import { identify } from '../../../agent/witness/process/identify.ts';
import { createLives } from '../../../agent/witness/process/lives.ts';
import { evidence } from './sample-death.ts';

/** Who sent a signal, as the witness sees it where the records of the kernel tell who began whom. */
const senderBelow = (...parents: number[]) => {
  const lives = createLives();
  for (const [i, parent] of parents.entries()) lives.forked(10, parent, parents[i - 1] ?? 900, 'x');
  return identify(900, 20, 'kill', () => null, lives);
};

t.test(
  'of a signal the records of jobs are asked where the first process may have had it sent',
  async (t) => {
    const isAsked = (...parents: number[]): boolean => {
      const actor = actorOf(senderBelow(...parents), evidence());
      const certain = { cause: 'signal', scope: 'session', confidence: 'certain' } as const;
      return mayBeKnownBetter(
        verdict({ ...certain, summary: 'x', evidence: [], missing: [], actor }),
      );
    };
    t.ok(isAsked(1), 'what stops a unit');
    t.ok(isAsked(899, 1), 'what that runs');
    t.notOk(isAsked(899, 898, 1));
    t.notOk(isAsked(899));
  },
);
