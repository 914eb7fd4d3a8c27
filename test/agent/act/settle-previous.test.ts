import t from 'tap';
import { createSettling } from '../../../agent/act/settle-previous.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { ActionKind, Target } from '../../../agent/model/events/action.ts';
import { after, born, bot, running } from '../model/sample.ts';
import { ended } from '../model/sample-events.ts';

const now = born + 60_000;

const requested = (action: string, kind: ActionKind, target: Partial<Target>): NewEvent => ({
  ...{ at: born, type: 'action.requested' },
  data: {
    ...{ action, kind, reason: 'operator' },
    target: { server: 'main', session: null, life: null, ...target },
  },
});

/** What the run before had asked for, and what this one records of it. */
const settling = () => {
  const before = after(
    running,
    requested('a1', 'session.kill', { session: 'bot', life: bot.life }),
    requested('a2', 'session.create', { session: 'lost' }),
    requested('a3', 'keys.send', { server: 'mine' }),
  );
  const batches: NewEvent[][] = [];
  let state = before;
  const settle = createSettling(before, {
    state: () => state,
    record: (events) => {
      batches.push([...events]);
      state = after(state, ...events);
    },
    now: () => now,
  });
  const happen = (...events: NewEvent[]): void => {
    state = after(state, ...events);
  };
  return { settle, batches, happen, state: () => state };
};

t.test('each server is settled when it was looked at, by what is there now', async (t) => {
  const { settle, batches, happen, state } = settling();
  happen(ended(bot));
  settle('main');
  t.match(batches, [
    [
      { at: now, type: 'action.done', data: { action: 'a1', settled: 'observed' } },
      { at: now, type: 'action.lost', data: { action: 'a2' } },
    ],
  ]);
  t.strictSame(Object.keys(state().actions), ['a3'], 'the other server was not looked at yet');
  settle('mine');
  t.match(batches[1], [{ type: 'action.lost', data: { action: 'a3' } }]);
  t.strictSame(state().actions, {});
});

t.test('once: what this run asks for is settled by its own answer', async (t) => {
  const { settle, batches, happen, state } = settling();
  settle('main');
  happen(requested('a4', 'session.create', { session: 'bot' }));
  settle('main');
  t.equal(batches.length, 1);
  t.ok(state().actions['a4']);
  t.strictSame(state().counts.rejected, {});
});

t.test('a server nothing was asked of has nothing to settle', async (t) => {
  const { settle, batches } = settling();
  settle('elsewhere');
  t.strictSame(batches, []);
});
