import t from 'tap';
import type { Sentinel, SentinelEnd } from '../../../../agent/link/tmux/waiting-client.ts';
import { createConfirmEnd } from '../../../../agent/link/watch/confirm-end.ts';
import type { Hold } from '../../../../agent/link/watch/hold.ts';
import type { Watched } from '../../../../agent/link/watch/watched.ts';
import type { ProcStat } from '../../../../agent/model/proc-stat.ts';
import { instance, statIn } from './sample-sight.ts';

const killed: SentinelEnd = { killed: true, released: false, text: 'server exited unexpectedly' };

/** A server whose end is to be confirmed: as its client ended, and as the kernel says of its process. */
const confirming = (ended: SentinelEnd | null, statOf: () => ProcStat | null) => {
  const told: unknown[] = [];
  const watched: Watched = { instance, isDoubted: false, isClosed: false };
  const sentinel: Sentinel = { ended, done: Promise.resolve(), close: () => undefined };
  const hold: Hold = {
    sentinel,
    isHeld: () => false,
    take: () => undefined,
    forgetSentinel: () => told.push('forgotten'),
    letGo: () => undefined,
  };
  const gone = (...end: unknown[]): void => {
    told.push(end);
    watched.instance = null;
  };
  const lost = ({ text }: SentinelEnd): void => {
    told.push(`lost: ${text}`);
  };
  return { told, watched, flight: createConfirmEnd(watched, hold, { gone, lost }, { statOf }) };
};

t.test('a server that is gone ended as its client says', async (t) => {
  const { flight, told } = confirming(killed, () => null);
  await Promise.all([flight.run(''), flight.run('')]);
  t.strictSame(told, [[instance, 'killed', killed.text]], 'once');
  await flight.run('');
  t.equal(told.length, 1, 'nobody is there to end');
});

t.test('or as others do, where its client says nothing', async (t) => {
  const { flight, told } = confirming({ ...killed, killed: false, text: '' }, () => null);
  await flight.run('pid 7 has its socket now');
  t.strictSame(told, [[instance, 'unknown', 'pid 7 has its socket now']]);
});

t.test('one that lives on has lost its client', async (t) => {
  const { flight, told } = confirming(killed, () => statIn('S'));
  await flight.run('');
  t.strictSame(told, ['forgotten', 'lost: server exited unexpectedly']);
});

t.test('nothing is said where the kernel could not be asked', async (t) => {
  let isShort = true;
  const { flight, told } = confirming(killed, () => {
    if (isShort) throw new Error('EMFILE: too many open files');
    return null;
  });
  await t.rejects(flight.run(''), /EMFILE/);
  t.strictSame(told, []);
  isShort = false;
  await flight.run('');
  t.strictSame(told, [[instance, 'killed', killed.text]], 'until it can be');
});

t.test('nor when nobody asks any more', async (t) => {
  const { flight, told, watched } = confirming(killed, () => null);
  watched.isClosed = true;
  await flight.run('');
  t.strictSame(told, []);
});
