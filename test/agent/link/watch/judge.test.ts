import t from 'tap';
import type { Probe } from '../../../../agent/link/tmux/probe.ts';
import {
  judgeKnock,
  judgeListing,
  judgeLook,
  judgeStranger,
  type Knowledge,
  type Sight,
} from '../../../../agent/link/watch/judge.ts';
import { instance, other, sightOf } from './sample-sight.ts';

const well: Knowledge = { instance, client: 'waits', obstacle: null, isDoubted: false };
const alive = sightOf('S');
const stopped = sightOf('T');
const gone: Sight = { stat: null, hasSocket: true };
const lost: Sight = { ...alive, hasSocket: false };
const answering = (one = instance): Probe => ({ kind: 'alive', instance: one, version: '3.5a' });

t.test('a look finds what is wrong without asking', async (t) => {
  t.equal(judgeLook(alive, well), 'well');
  t.equal(judgeLook(gone, well), 'ended');
  t.equal(judgeLook(alive, { ...well, client: 'ended' }), 'ended', 'or only its client is');
  t.equal(judgeLook(stopped, well), 'stopped');
  t.equal(judgeLook(stopped, { ...well, client: 'ended' }), 'ended', 'killed while it was stopped');
});

t.test('and asks where anything is open', async (t) => {
  t.equal(judgeLook(gone, { ...well, instance: null, client: 'none' }), 'unsure');
  t.equal(judgeLook(lost, well), 'unsure');
  t.equal(judgeLook(alive, { ...well, client: 'none' }), 'unsure');
  t.equal(judgeLook(alive, { ...well, obstacle: 'hung' }), 'unsure');
  t.equal(judgeLook(alive, { ...well, isDoubted: true }), 'unsure');
});

t.test('a knock leads to the server, to a stranger, or to nobody', async (t) => {
  t.equal(judgeKnock(null, answering()), 'found');
  t.equal(judgeKnock(instance, answering()), 'found');
  t.equal(judgeKnock(instance, answering(other)), 'stranger');
  const reused = { ...instance, startTime: instance.startTime + 1 };
  t.equal(judgeKnock(instance, answering(reused)), 'stranger', 'its pid is used again');
  t.equal(judgeKnock(instance, { kind: 'missing' }), 'stranger');
  t.equal(judgeKnock(null, { kind: 'missing' }), 'absent');
  t.equal(judgeKnock(null, { kind: 'refused' }), 'absent');
  t.equal(judgeKnock(null, { kind: 'silent' }), 'hung');
  t.equal(judgeKnock(null, { kind: 'hangup' }), 'unclear');
  t.equal(judgeKnock(null, { kind: 'unclear', text: 'protocol version mismatch' }), 'unclear');
});

t.test('a stranger on the socket of a server that lives', async (t) => {
  for (const kind of ['alive', 'refused', 'hangup'] as const) {
    t.equal(judgeStranger(alive, kind), 'foreign', kind);
    t.equal(judgeStranger(lost, kind), 'foreign', `${kind}, and gone meanwhile`);
  }
  t.equal(judgeStranger(alive, 'silent'), 'hung', 'it may be the server itself');
  t.equal(judgeStranger(alive, 'missing'), 'doubtful', 'the socket came back meanwhile');
  t.equal(judgeStranger(alive, 'unclear'), 'doubtful');
  for (const kind of ['silent', 'missing', 'unclear'] as const) {
    t.equal(judgeStranger(lost, kind), 'socket-lost', kind);
  }
});

t.test('a stranger on the socket of a server that is gone', async (t) => {
  for (const kind of ['alive', 'refused', 'hangup', 'silent', 'missing', 'unclear'] as const) {
    t.equal(judgeStranger(gone, kind), 'ended', kind);
    t.equal(judgeStranger({ ...gone, hasSocket: false }, kind), 'ended', kind);
  }
});

t.test('a listing that did not come', async (t) => {
  t.equal(judgeListing(alive, 'silent'), 'hung');
  t.equal(judgeListing(alive, 'strange'), 'strange');
  t.equal(judgeListing(alive, 'foreign'), 'doubtful');
  for (const answer of ['silent', 'strange', 'foreign'] as const) {
    t.equal(judgeListing(lost, answer), 'socket-lost', answer);
    t.equal(judgeListing(gone, answer), 'ended', answer);
  }
});
