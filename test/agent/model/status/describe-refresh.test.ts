import t from 'tap';
import type { LifeSample } from '../../../../agent/model/samples.ts';
import { describeRefresh } from '../../../../agent/model/status/describe-refresh.ts';
import { begun, done, failed } from '../../decide/refresh/ground.ts';
import { after, born, running } from '../sample.ts';

const none = { count: 0, minMs: 0, medianMs: 0 };

t.test('where nothing is known of a login there is nothing to say', async (t) => {
  t.equal(describeRefresh(running, 'bot', undefined), null);
  t.equal(describeRefresh({ ...running, refreshes: {} }, 'constructor', undefined), null);
});

t.test('when it is due, what was tried, and how long the others lasted', async (t) => {
  const login = { since: born, by: 'bot', expiresAt: null } as const;
  const refresh = { login, dueAt: born + 5, endsAt: born + 9, waits: 'quiet' } as const;
  const sample = { refresh } as unknown as LifeSample;
  t.match(describeRefresh({ ...running, refreshes: {} }, 'bot', sample), {
    ...{ ...refresh, underWay: null, held: null, last: null },
    ...{ counts: { done: 0, failed: 0, 'needs-person': 0 } },
    lasted: { expired: null, renewed: null },
  });
  const since = (at: number) => ({ login: { since: at, by: 'bot', expiresAt: null } as const });
  const lasting = [700, 100, 300].flatMap((ms, i) => [
    begun(born + i, { refresh: `r${i}`, ...since(born + i - ms) }),
    done(born + i, `r${i}`),
  ]);
  const said = begun(born + 10, { refresh: 'r8', reason: 'screen', ...since(born - 10) });
  const state = after(running, ...lasting, said, failed(born + 11, 'r8'));
  const line = describeRefresh(state, 'bot', undefined);
  t.match(line, {
    ...{ login: null, dueAt: null, last: { outcome: 'failed', why: 'no' } },
    ...{ counts: { done: 3, failed: 1, 'needs-person': 0 } },
    lasted: {
      renewed: { ...none, count: 3, minMs: 100, medianMs: 300 },
      expired: { ...none, count: 1, minMs: 20, medianMs: 20 },
    },
  });
  t.match(describeRefresh(after(state, begun(born + 12, { refresh: 'r9' })), 'bot', undefined), {
    underWay: { refresh: 'r9', way: 'restart', startedAt: born + 12 },
  });
});
