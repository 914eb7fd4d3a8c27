import t from 'tap';
import { actorOf } from '../../../agent/explain/actor.ts';
import { mayBeKnownBetter, saysMore } from '../../../agent/explain/further.ts';
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

t.test('that a source was cut is worth keeping, that one could not be read is not', async (t) => {
  const one = { cause: 'unknown', summary: 'x', evidence: [] } as const;
  const lacking = (...missing: string[]) => verdict({ ...one, evidence: [], missing });
  const cut = 'what others wrote down: not all of it was read: logind: it was long';
  const unread = 'what others wrote down: it could not be read: logind: no journal';
  t.ok(saysMore(lacking(cut), lacking()));
  t.notOk(saysMore(lacking(cut), lacking(cut)));
  t.notOk(saysMore(lacking(unread), lacking()));
});
