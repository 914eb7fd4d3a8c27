import fc from 'fast-check';
import t from 'tap';
import { type Counted, counted } from '../../../../agent/decide/health/hysteresis.ts';
import { type CheckStatus, checkStatuses } from '../../../../agent/model/health.ts';

const none: Counted = { level: null, recent: [] };
const threeOfFive = { failAfter: 3, outOf: 5 };

const after = (looks: readonly CheckStatus[], from: Counted = none): Counted =>
  looks.reduce((known, status) => counted(known, status, threeOfFive), from);

t.test('the first look may say that all is well, and not that it failed', (t) => {
  t.equal(after(['ok']).level, 'ok');
  t.equal(after(['failed']).level, null);
  t.equal(after(['failed', 'ok']).level, null);
  t.end();
});

t.test('three of five agree, for worse and for better', (t) => {
  const well = after(['ok']);
  t.equal(after(['failed', 'ok', 'failed', 'ok'], well).level, 'ok');
  const failed = after(['failed', 'ok', 'failed', 'ok', 'failed'], well);
  t.equal(failed.level, 'failed');
  t.equal(after(['ok', 'failed', 'ok', 'failed'], failed).level, 'failed');
  t.equal(after(['ok', 'failed', 'ok', 'failed', 'ok'], failed).level, 'ok');
  t.end();
});

t.test('what failed is no better than degraded; waiting is neither', (t) => {
  const well = after(['ok']);
  t.equal(after(['failed', 'degraded', 'failed'], well).level, 'degraded');
  t.equal(after(['failed', 'waiting', 'failed'], well).level, 'ok');
  t.equal(after(['waiting', 'waiting', 'waiting'], well).level, 'waiting');
  t.end();
});

/** As far as a level goes, which looks speak for it. */
const speaksFor = (status: CheckStatus, level: CheckStatus): boolean =>
  status === level || (level === 'degraded' && status === 'failed');

t.test('it never flaps on fewer looks than that, whatever comes', (t) => {
  const histories = fc.array(fc.constantFrom(...checkStatuses), { maxLength: 200 });
  const agreements = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 }))
    .map(([failAfter, more]) => ({ failAfter, outOf: failAfter + more }));
  fc.assert(
    fc.property(histories, agreements, (looks, agreement) => {
      let known = none;
      let since: CheckStatus[] = [];
      for (const status of looks) {
        since.push(status);
        const next = counted(known, status, agreement);
        if (next.recent.length > agreement.outOf) return false;
        const isFirst = known.level === null && since.length === 1 && status === 'ok';
        if (next.level !== known.level && !isFirst) {
          const level = next.level;
          const window = since.slice(-agreement.outOf);
          const agreeing = window.filter((one) => level !== null && speaksFor(one, level));
          if (agreeing.length < agreement.failAfter) return false;
        }
        if (next.level !== known.level) since = [];
        known = next;
      }
      return true;
    }),
  );
  t.end();
});

t.test('from any past, enough looks alike decide: it recovers as it fails', (t) => {
  const statuses = fc.constantFrom(...checkStatuses);
  fc.assert(
    fc.property(fc.array(statuses, { maxLength: 50 }), statuses, (past, status) => {
      const looks = Array.from({ length: threeOfFive.outOf }, () => status);
      return after(looks, after(past)).level === status;
    }),
  );
  t.end();
});
