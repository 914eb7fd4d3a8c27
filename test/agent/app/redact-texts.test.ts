import t from 'tap';
import { redactTexts } from '../../../agent/app/redact-texts.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { Remote } from '../../../agent/model/events/remote.ts';
import { born, instance, started, work } from '../model/sample.ts';
import { decided, died } from '../model/sample-events.ts';

const redact = (text: string): string => text.replaceAll('hunter2', '***');
const redacted = (event: NewEvent): NewEvent => redactTexts(event, redact);

const remote: Remote = { channel: 'telegram', user: '7', name: 'my hunter2' };
const stranger = { uid: 998, pid: 1, session: null, remote };

const spoken: NewEvent[] = [
  {
    ...{ at: born, type: 'action.failed' },
    data: { action: 'a1', code: 'tmux-failed', message: 'no hunter2 there' },
  },
  { at: born, type: 'action.lost', data: { action: 'a1', why: 'hunter2 was not confirmed' } },
  {
    ...{ at: born, type: 'server.died' },
    data: {
      ...{ server: 'main', instance, how: 'exited', lastSeen: born, lives: 0 },
      text: 'lost server hunter2',
    },
  },
  { at: born, type: 'link.lost', data: { owner: 'deploy', pid: 12, reason: 'hunter2' } },
  {
    ...{ at: born, type: 'config.rejected' },
    data: { source: 'holdfast.yaml', problems: 1, first: 'got hunter2' },
  },
  { at: born, type: 'log.degraded', data: { code: 'EIO', message: 'hunter2: I/O error' } },
  {
    ...{ at: born, type: 'alert.silenced' },
    data: { silence: 's1', session: null, until: born, reason: 'hunter2', by: stranger },
  },
  { at: born, type: 'remote.refused', data: { remote: stranger.remote, what: '/hunter2' } },
];

t.test('the words of others are redacted, wherever an event has any', async (t) => {
  for (const event of spoken) {
    const before = structuredClone(event);
    const { data, ...rest } = redacted(event);
    const expected = JSON.parse(JSON.stringify(event.data).replaceAll('hunter2', '***'));
    t.strictSame(data, expected, event.type);
    t.strictSame({ ...rest, data: event.data }, event);
    t.strictSame(event, before, 'the event given is not changed');
  }
});

t.test('every other field stays as it is', async (t) => {
  const named = started({ ...work, session: 'hunter2', tmuxName: 'hunter2', command: 'hunter2' });
  const traced: NewEvent = { ...decided('resume'), trace: 'hunter2' };
  const unusual = { ...died(work), data: { ...died(work).data, reason: null, text: ['hunter2'] } };
  const asked: NewEvent = {
    ...{ at: born, type: 'remote.paired' },
    data: { remote: { channel: 'telegram', user: 'hunter2', name: '' } },
  };
  for (const event of [named, traced, asked, unusual as unknown as NewEvent]) {
    t.strictSame(redacted(event), event);
  }
});
