import t from 'tap';
import { Failure } from '../../../../agent/model/failure.ts';
import type { NotifierEvent } from '../../../../agent/protocol/notifier.ts';
import { createNotes } from '../../../../exporters/notifier/agent/record-notes.ts';

const event = (user: string): NotifierEvent => ({
  at: 1,
  type: 'remote.refused',
  data: { user, name: '', reason: 'not-paired' } as never,
});

/** An outbox of notes, and an agent that answers as the test says. */
const startForTest = (answer: (events: readonly unknown[]) => void, againMs?: number) => {
  const kept: { id: number; event: NotifierEvent }[] = [];
  const outbox = {
    notes: () => kept.slice(0, 2),
    noted: (id: number): void => void kept.splice(0, kept.findIndex((note) => note.id === id) + 1),
    note: (event: NotifierEvent): void => void kept.push({ id: kept.length + 1, event }),
  };
  const refused: string[] = [];
  const agent = {
    call: async (_: string, params: unknown): Promise<never> =>
      answer((params as { events: unknown[] }).events) as never,
  };
  const notes = createNotes(outbox, agent, ({ code }) => refused.push(code), againMs);
  return { notes, kept, refused };
};

t.test('what the agent does not take now is tried again by itself', async (t) => {
  const recorded: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let calls = 0;
  const { notes, kept } = startForTest((events) => {
    calls += 1;
    if (calls === 1) throw new Failure('too-fast', 'later');
    recorded.push(...events);
    if (recorded.length === 3) resolve();
  }, 1);
  t.teardown(notes.close);
  for (const user of ['1', '2', '3']) notes.add(event(user));
  await promise;
  t.same(recorded, ['1', '2', '3'].map(event));
  t.ok(kept.length <= 1);
});

t.test('what it will never take keeps nothing back', async (t) => {
  const { notes, kept, refused } = startForTest(() => {
    throw new Failure('invalid-params', 'no');
  });
  t.teardown(notes.close);
  notes.add(event('1'));
  await notes.flush();
  await new Promise((resolve) => setImmediate(resolve));
  t.same([kept, refused], [[], ['invalid-params']]);
});
