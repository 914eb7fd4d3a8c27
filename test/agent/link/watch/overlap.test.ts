import { EventEmitter, once } from 'node:events';
import t from 'tap';
import type { Probe } from '../../../../agent/link/tmux/probe.ts';
import { realAccess } from '../../../../agent/link/watch/access.ts';
import { watchServer } from '../../../../agent/link/watch/watcher.ts';
import { temporarySocket } from '../temporary-server.ts';

t.test('nobody knocks twice at a time, and a listing asked for is not of before', async (t) => {
  const knocks = new EventEmitter();
  const answers: ((answer: Probe) => void)[] = [];
  const probe = (): Promise<Probe> =>
    new Promise((resolve) => {
      answers.push(resolve);
      knocks.emit('knock');
    });
  const place = { server: 'main', socket: temporarySocket(t), managed: false };
  const watcher = watchServer(place, () => undefined, { ...realAccess, probe });
  t.teardown(() => watcher.close());
  t.equal(answers.length, 1, 'the first look');
  watcher.repeat();
  const both = Promise.all([watcher.resync(), watcher.resync()]);
  t.equal(answers.length, 1);

  const second = once(knocks, 'knock');
  answers[0]?.({ kind: 'missing' });
  await second;
  t.equal(answers.length, 2, 'one more for both, begun after they asked');
  answers[1]?.({ kind: 'missing' });
  await both;
});
