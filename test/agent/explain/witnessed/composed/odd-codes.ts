import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../case.ts';
import { sent } from '../trace-line.ts';
import { killer, leader } from './people.ts';

const of = (sig: number, code: number, ancestry: Record<number, number[]> = {}) =>
  recorded(sent({ at: 100, sig, code, from: killer, to: leader }), { ancestry }, [
    deathOf(leader, 100.1, { signal: sig }),
  ]);

/** Codes that no plain sending has, and no fault of the program itself. */
export const oddCodes: readonly Way[] = [
  ...[
    ...[-2, -3, -4, -5, -7, -60, -128].map((code) => ({ sig: 9, code })),
    ...[1, 6].map((code) => ({ sig: 15, code })),
    ...[-2, 1, 2].map((code) => ({ sig: 11, code })),
    ...[-2, 1].map((code) => ({ sig: 14, code })),
    ...[-2, 1].map((code) => ({ sig: 40, code })),
    ...[3, -4].map((code) => ({ sig: 7, code })),
    { sig: 1, code: -128 },
  ].map(
    ({ sig, code }): Way => ({
      name: `another process sends signal ${sig} with code ${code}`,
      rule: 'signal-sent',
      given: of(sig, code),
      actor: killer,
      verdict: {
        ...{ cause: 'signal', confidence: 'likely' },
        missing: [/^whether pid 900 meant it: a timer or a file/, /^the command line of pid 900/],
      },
    }),
  ),
  {
    name: 'the parent sends one with a code of its own choice',
    rule: 'signal-from-parent',
    given: of(9, -2, { [leader]: [killer] }),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  ...[4, 5].map(
    (code): Way => ({
      name: `memory that failed, found while another was running (${code})`,
      rule: 'crashed',
      given: of(7, code),
      actor: null,
      verdict: { cause: 'program-crash' },
    }),
  ),
  ...[0, -1, -6].map(
    (code): Way => ({
      name: `signal 11 with code ${code}, as kill(1) sends it`,
      rule: 'signal-sent',
      given: of(11, code),
      actor: killer,
      verdict: { cause: 'signal', confidence: 'certain' },
    }),
  ),
];
