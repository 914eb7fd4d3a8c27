import fc from 'fast-check';
import t from 'tap';
import { readProbeAnswer } from '../../../../agent/observe/link/probe-answer.ts';

const redact = (text: string): string => text.replaceAll('s3cret', '***');

t.test('an answer is redacted, made printable and cut', (t) => {
  const given = {
    status: 'failed',
    reason: `\x1b[31mtoken s3cret\x07 ${'x'.repeat(500)}`,
    more: 1,
  };
  const { status, reason } = readProbeAnswer(given, redact);
  t.equal(status, 'failed');
  t.match(reason, /^token \*\*\* x+$/);
  t.equal(reason.length, 200);
  t.end();
});

t.test('whatever else a link says is refused', (t) => {
  const refused = { code: 'invalid-answer' };
  for (const given of [null, {}, { status: 'waiting', reason: '' }, { status: 'ok', reason: 7 }]) {
    t.throws(() => readProbeAnswer(given, redact), refused);
  }
  t.throws(() => readProbeAnswer({ status: 'ok', reason: 'x'.repeat(1001) }, redact), refused);
  fc.assert(
    fc.property(fc.anything(), (given) => {
      try {
        return readProbeAnswer(given, redact).reason.length <= 200;
      } catch (cause) {
        return cause instanceof Error && 'code' in cause && cause.code === 'invalid-answer';
      }
    }),
  );
  t.end();
});
