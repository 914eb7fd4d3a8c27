import t from 'tap';
import { deedsIn } from '../../../agent/model/deeds.ts';
import type { Event, NewEvent } from '../../../agent/model/event.ts';
import { born, bot } from './sample.ts';
import { requested, target } from './sample-events.ts';

/** Numbered as they stand here. */
const stored = (...events: NewEvent[]): Event[] =>
  events.map((event, i) => ({ ...event, seq: i + 1, v: 1, trace: '' }) as Event);

const textsOf = (events: readonly Event[]): string[] => deedsIn(events).map(({ text }) => text);

const decided = (session: string | null): NewEvent => ({
  at: born,
  type: 'decision.made',
  data: { decision: 'restart', reason: 'died', target: { ...target, session } },
});

const done = (action: string, at: number): NewEvent => ({
  at,
  type: 'action.done',
  data: { action, settled: 'observed' },
});

const failed = (action: string): NewEvent => ({
  at: born,
  type: 'action.failed',
  data: { action, code: 'tmux', message: 'no space' },
});

const lost = (action: string): NewEvent => ({
  at: born,
  type: 'action.lost',
  data: { action, why: 'the agent was killed' },
});

const back: NewEvent = {
  at: born + 900,
  type: 'supervision.started',
  data: { ...bot, found: 'created', panes: [] },
} as unknown as NewEvent;

t.test('what was decided and done, each with how it ended, until it is back', async (t) => {
  const events = stored(decided('bot'), requested('a'), done('a', born + 800), back);
  t.strictSame(deedsIn(events), [
    { at: born, text: 'decided: restart bot (died)' },
    { at: born, text: 'session.create bot: done after 800ms' },
    { at: born + 900, text: 'bot is back and supervised' },
  ]);
});

t.test('in the order of the log, whatever the order they come in', async (t) => {
  const events = stored(decided('bot'), requested('a'), back);
  t.strictSame(textsOf(events.toReversed()), textsOf(events));
});

t.test('an action that failed, was lost, or is not settled', async (t) => {
  const end = (...more: NewEvent[]) => textsOf(stored(requested('a'), ...more))[0];
  t.equal(end(), 'session.create bot: not settled yet');
  t.equal(end(done('other', born)), 'session.create bot: not settled yet');
  t.equal(end(failed('a')), 'session.create bot: failed: no space');
  t.equal(end(lost('a')), 'session.create bot: lost: the agent was killed');
});

t.test('what is about a whole server names it', async (t) => {
  t.strictSame(textsOf(stored(decided(null))), ['decided: restart server main (died)']);
});

t.test('what others did is no deed', async (t) => {
  t.strictSame(textsOf(stored(done('a', born))), []);
});
