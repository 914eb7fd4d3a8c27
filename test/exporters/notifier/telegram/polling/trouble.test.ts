import t from 'tap';
import { TelegramFailure } from '../../../../../exporters/notifier/telegram/api/failure.ts';
import {
  afterRecovery,
  judge,
  noTrouble,
  type TroubleHistory,
  usualWaits,
} from '../../../../../exporters/notifier/telegram/polling/trouble.ts';

const minute = 60_000;
const hour = 60 * minute;

const refusal = (status: number, message = '', retryAfterMs: number | null = null) =>
  new TelegramFailure(String(status), message, { status, retryAfterMs });
const offline = new TelegramFailure('ECONNREFUSED', 'connect ECONNREFUSED');
const conflict = refusal(409, 'Conflict: terminated by other getUpdates request');

/** What is judged of failures that follow each other, one a second. */
const inTurn = (failures: readonly TelegramFailure[], history: TroubleHistory = noTrouble) => {
  let known = history;
  return failures.map((failure, i) => {
    const judgement = judge(known, failure, i * 1000, usualWaits);
    known = judgement.history;
    return judgement;
  });
};

t.test('a network that is gone is tried less and less often, and told once', async (t) => {
  const all = inTurn(Array.from({ length: 8 }, () => offline));
  t.same(
    all.map(({ waitMs }) => waitMs / 1000),
    [1, 2, 4, 8, 16, 32, 60, 60],
  );
  t.match(all[0], { kind: 'waiting', explanation: /cannot be reached/ });
  t.ok(all.slice(1).every(({ explanation }) => explanation === null));
  const back = afterRecovery(all.at(-1)?.history ?? noTrouble);
  t.match(inTurn([offline], back), [{ waitMs: 1000, explanation: /cannot be reached/ }]);
});

t.test('a server that asks for more time is given it, within bounds', async (t) => {
  const cases: [number | null, number][] = [
    [null, 1000],
    [500, 1000],
    [5000, 5000],
    [2_200_000_000, 10 * minute],
    [Number.POSITIVE_INFINITY, 10 * minute],
    [-5, 1000],
    [Number.NaN, 1000],
  ];
  for (const [asked, waitMs] of cases)
    t.match(inTurn([refusal(429, '', asked)]), [{ kind: 'waiting', waitMs }], String(asked));
});

t.test('a wrong token is another trouble than the network', async (t) => {
  const [gone, wrong, still, ...more] = inTurn([
    ...[offline, refusal(401), refusal(404), offline, offline],
  ]);
  t.match(gone, { kind: 'waiting' });
  const { unauthorized: waitMs } = usualWaits;
  t.match(wrong, { kind: 'unauthorized', waitMs, explanation: /does not know this token/ });
  t.match(still, { kind: 'unauthorized', waitMs, explanation: null });
  t.match(more, [
    { kind: 'waiting', waitMs: 1000, explanation: /cannot be reached/ },
    { kind: 'waiting', waitMs: 2000, explanation: null },
  ]);
});

t.test('two programs with one token are told once an hour', async (t) => {
  const { first, longest } = usualWaits.conflict;
  const one = judge(noTrouble, conflict, 0, usualWaits);
  t.match(one, { kind: 'conflict', waitMs: first, explanation: /another program uses this token/ });
  const between = judge(afterRecovery(one.history), conflict, hour, usualWaits);
  t.match(between, { waitMs: longest, explanation: null });
  const later = judge(afterRecovery(between.history), conflict, 2 * hour + 1, usualWaits);
  t.match(later, { waitMs: first, explanation: /another program/ });
});

t.test('a webhook is said to be one', async (t) => {
  const failure = refusal(409, "Conflict: can't use getUpdates method while webhook is active");
  t.match(inTurn([failure]), [{ kind: 'conflict', explanation: /a webhook is set/ }]);
});
