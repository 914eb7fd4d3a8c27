import t from 'tap';
import type { NewEvent } from '../../../agent/model/event.ts';
import { fold } from '../../../agent/model/fold.ts';
import { isAtLeast, raise, severities } from '../../../agent/model/severity.ts';
import type { State } from '../../../agent/model/state.ts';
import { after, born, nobody, numbered, running } from './sample.ts';
import { acknowledged, opened, rest, silenced, unsilenced } from './sample-events.ts';

const remote = { channel: 'telegram', user: '7', name: 'Ada' } as const;

t.test('who said first that he knows of an incident stays', async (t) => {
  const state = after(running, opened('1'), opened('2'), acknowledged('2'));
  t.strictSame(state.incidents['2']?.acknowledged, { at: born, by: nobody });
  t.notOk(state.incidents['1']?.acknowledged);
  const again = after(state, { ...acknowledged('2'), at: born + 5 });
  t.strictSame(again.incidents, state.incidents);
  const grown = after(state, {
    ...{ at: born, type: 'incident.grew' },
    data: { incident: '2', lives: ['l'], sessions: ['s'] },
  });
  t.ok(grown.incidents['2']?.acknowledged, 'though it grows');
});

t.test('a silence is there until it is ended', async (t) => {
  const state = after(running, silenced('s1', 'bot', born + 50), silenced('s2', null, born + 50));
  t.strictSame(state.silences?.['s1'], {
    ...{ silence: 's1', session: 'bot', at: born, until: born + 50, reason: 'sleep', by: nobody },
  });
  t.strictSame(Object.keys(state.silences ?? {}), ['s1', 's2']);
  t.strictSame(Object.keys(after(state, unsilenced('s1')).silences ?? {}), ['s2']);
});

t.test('a later one about the same takes its place, and those that ran out go', async (t) => {
  const first = after(running, silenced('s1', 'bot', born + 50), silenced('s2', null, born + 50));
  const late = silenced('s3', 'bot', born + 90);
  t.strictSame(Object.keys(after(first, late).silences ?? {}), ['s2', 's3']);
  const over = { ...late, at: born + 50 };
  t.strictSame(Object.keys(after(first, over).silences ?? {}), ['s3']);
});

t.test('those of namesakes on other servers stand beside each other', async (t) => {
  const on = (silence: string, server?: string | null) =>
    silenced(silence, 'bot', born + 50, server === undefined ? {} : { server });
  const state = after(running, on('s1', 'main'), on('s2', 'mine'), on('s3'));
  t.strictSame(Object.keys(state.silences ?? {}), ['s1', 's2', 's3']);
  t.equal(state.silences?.['s1']?.server, 'main');
  const more = after(state, on('s4', 'mine'), on('s5', null));
  t.strictSame(Object.keys(more.silences ?? {}), ['s1', 's4', 's5'], 'none said: every server');
});

t.test('a snapshot of an older release has no silences', async (t) => {
  const { silences: _, ...older } = running;
  const [event] = numbered([silenced('s1', 'bot', born + 50)], running.seq);
  const state = fold(older as State, event ? [event] : []);
  t.strictSame(Object.keys(state.silences ?? {}), ['s1']);
  t.strictSame(state.counts.rejected, {});
});

t.test('what was told, and to whom, is not state', async (t) => {
  const about = { alert: 'a', kind: 'k', incident: null, channel: 'webhook:ops' };
  const events: NewEvent[] = [
    {
      ...{ at: born, type: 'alert.sent' },
      data: { ...about, severity: 'info', status: 'firing', attempts: 1, afterMs: 5 },
    },
    { at: born, type: 'alert.failed', data: { ...about, code: '410', message: 'gone' } },
    { at: born, type: 'remote.paired', data: { remote } },
    { at: born, type: 'remote.unpaired', data: { remote } },
    { at: born, type: 'remote.refused', data: { remote, what: '/status' } },
  ];
  const state = after(running, ...events);
  t.strictSame(rest(state), rest(running));
  t.strictSame(state.counts.rejected, {});
});

t.test('who asked for an action is no part of what is pending', async (t) => {
  const state = after(running, {
    ...{ at: born, type: 'action.requested' },
    data: {
      ...{ action: 'a1', kind: 'session.create', reason: 'operator', by: nobody },
      target: { server: 'main', session: 'bot', life: null },
    },
  });
  t.notOk('by' in (state.actions['a1'] ?? {}));
});

t.test('severities have an order, and ends', async (t) => {
  t.ok(isAtLeast('error', 'warning'));
  t.ok(isAtLeast('error', 'error'));
  t.notOk(isAtLeast('notice', 'warning'));
  t.equal(raise('warning', 1), 'error');
  t.equal(raise('warning', -1), 'notice');
  t.equal(raise('critical', 1), 'critical');
  t.equal(raise('info', -1), 'info');
  t.equal(severities.length, 5);
});
