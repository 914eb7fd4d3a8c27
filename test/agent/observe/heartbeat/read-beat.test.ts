import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { readBeat } from '../../../../agent/observe/heartbeat/read-beat.ts';
import { type Beat, maxBeatBytes, maxNames } from '../../../../agent/protocol/heartbeat.ts';
import { lineOf } from './sample-beats.ts';

const whole: Beat = {
  ...{ bot: 'sales', at: 2, startedAt: 1, connection: 'ready', why: 'well', reconnects: 1 },
  ...{ in: { count: 1, lastAt: 2 }, out: { count: 0, lastAt: null } },
  session: { createdAt: 1, refreshedAt: null, expiresAt: 3 },
  errors: { count: 1, last: { at: 2, name: 'E', message: 'm', stack: '' } },
  ...{ counters: { calls: 2 }, timings: { reply: { count: 1, sumMs: 2.5, maxMs: 2.5 } } },
  needs: { kind: 'qr', text: 'x' },
};

t.test('what a bot says rightly is taken as it is', async (t) => {
  t.strictSame(readBeat(lineOf(whole)), whole);
  t.strictSame(readBeat(lineOf({ at: 1, startedAt: 1 })), { at: 1, startedAt: 1 });
  t.strictSame(readBeat(lineOf({ at: 1, startedAt: 1, needs: null })), {
    ...{ at: 1, startedAt: 1, needs: null },
  });
});

t.test('words are cut, the stack is nobody keeps', async (t) => {
  const last = { at: 1, name: 'n', message: 'm'.repeat(3000), stack: 'at secret.js:1' };
  const beat = readBeat(lineOf({ ...whole, why: 'w'.repeat(3000), errors: { count: 1, last } }));
  t.equal(beat?.why?.length, 2000);
  t.equal(beat?.errors?.last?.message.length, 2000);
  t.equal(beat?.errors?.last?.stack, '');
});

t.test('what a newer library says besides is left out', async (t) => {
  t.strictSame(readBeat(lineOf({ ...whole, weather: 'fine' })), whole);
});

const wrong: Record<string, object> = {
  'no time': { startedAt: 1 },
  'a time that is none': { at: 'now', startedAt: 1 },
  'a time no Date has': { at: 9e15, startedAt: 1 },
  'less than nothing': { at: 1, startedAt: 1, reconnects: -1 },
  'a state there is not': { at: 1, startedAt: 1, connection: 'lost' },
  'a name of controls': { at: 1, startedAt: 1, bot: 'a\u001b[2J' },
  'a name too long': { at: 1, startedAt: 1, bot: 'x'.repeat(65) },
  'an empty name': { at: 1, startedAt: 1, bot: '' },
  'a name every object has': { at: 1, startedAt: 1, bot: 'constructor' },
  'a counter that is no number': { at: 1, startedAt: 1, counters: { a: '1' } },
  'too many counters': {
    ...{ at: 1, startedAt: 1 },
    counters: Object.fromEntries(Array.from({ length: maxNames + 1 }, (_, n) => [`c${n}`, n])),
  },
  'a need there is not': { at: 1, startedAt: 1, needs: { kind: 'money', text: '' } },
};

t.test('what does not fit is refused whole', async (t) => {
  for (const [what, params] of Object.entries(wrong)) t.equal(readBeat(lineOf(params)), null, what);
  t.equal(readBeat('no JSON'), null);
  t.equal(readBeat(JSON.stringify({ jsonrpc: '2.0', method: 'version', params: {} })), null);
  const asked = { jsonrpc: '2.0', id: 1, method: 'beat', params: whole };
  t.equal(readBeat(JSON.stringify(asked)), null, 'nobody is answered');
  const long = lineOf({ ...whole, why: 'ä'.repeat(maxBeatBytes / 2) });
  t.ok(long.length < maxBeatBytes);
  t.equal(readBeat(long), null, 'bytes are counted, not characters');
});

t.test('any text is a beat or none, and what is taken has the bounds', async () => {
  const part = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('ready', 'qr', '__proto__', 'x'.repeat(70), Number.MAX_VALUE),
  );
  const near = fc
    .record(Object.fromEntries(Object.keys(whole).map((key) => [key, part])), { requiredKeys: [] })
    .map((given) => lineOf({ ...whole, ...given }));
  fc.assert(
    fc.property(fc.oneof(fc.string(), near), (line) => {
      const beat = readBeat(line);
      if (beat === null) return;
      assert.ok((beat.bot ?? '').length <= 64);
      assert.ok((beat.why ?? '').length <= 2000);
      assert.ok(Object.keys(beat.counters ?? {}).length <= maxNames);
      assert.ok(Number.isFinite(beat.at) && Number.isFinite(beat.startedAt));
      assert.equal(Object.getPrototypeOf(beat), Object.prototype);
    }),
  );
});
