import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import {
  internalError,
  invalidRequest,
  parseError,
  readMessage,
} from '../../../agent/wire/jsonrpc.ts';

const read = (message: unknown) => readMessage(JSON.stringify(message));
const whole = { jsonrpc: '2.0' };

t.test('what the specification allows', async (t) => {
  t.strictSame(read({ ...whole, id: 1, method: 'a', params: [2] }), {
    kind: 'request',
    id: 1,
    method: 'a',
    params: [2],
  });
  t.strictSame(read({ ...whole, id: 'x', method: 'a' }), {
    kind: 'request',
    id: 'x',
    method: 'a',
    params: undefined,
  });
  t.strictSame(read({ ...whole, method: 'a', params: {} }), {
    kind: 'notification',
    method: 'a',
    params: {},
  });
  t.strictSame(read({ ...whole, id: 1, result: null }), { kind: 'result', id: 1, result: null });
  t.strictSame(read({ ...whole, id: 'x', result: { y: 1 } }), {
    kind: 'result',
    id: 'x',
    result: { y: 1 },
  });
  const error = { code: -32000, message: 'no', data: { code: 'busy', retryable: true } };
  t.strictSame(read({ ...whole, id: 1, error }), { kind: 'error', id: 1, error });
});

t.test('an error is read as far as it can be', async (t) => {
  const errorOf = (error: unknown) => {
    const message = read({ ...whole, id: 1, error });
    return message.kind === 'error' ? message.error : null;
  };
  const unknown = { code: internalError, message: 'unknown error' };
  for (const error of [null, 1, 'x', {}, { data: { code: 7 } }, { data: null }])
    t.strictSame(errorOf(error), unknown);
  t.equal(errorOf({ code: 1, message: 'x'.repeat(5000) })?.message.length, 1000);
  t.strictSame(errorOf({ code: 1, message: 2, data: { code: 'a', retryable: 'yes' } }), {
    ...{ code: 1, message: '2', data: { code: 'a', retryable: false } },
  });
  t.strictSame(read({ ...whole, error: { code: 1, message: '' } }), {
    kind: 'error',
    id: null,
    error: { code: 1, message: '' },
  });
});

t.test('anything else is invalid, and is answered so', async (t) => {
  const codeOf = (line: string) => {
    const message = readMessage(line);
    return message.kind === 'invalid' ? [message.error.code, message.id] : message.kind;
  };
  for (const line of ['', '{', 'x', '{"jsonrpc":"2.0"', "{'a':1}", '\u0000'])
    t.strictSame(codeOf(line), [parseError, null], line);
  for (const line of ['1', 'null', '"x"', 'true'])
    t.strictSame(codeOf(line), [invalidRequest, null], line);
  const batch = JSON.stringify([{ ...whole, id: 1, method: 'a' }]);
  t.strictSame(codeOf(batch), [invalidRequest, null], 'a batch');
  t.strictSame(codeOf('[]'), [invalidRequest, null]);
  t.strictSame(codeOf(JSON.stringify({ id: 4, method: 'a' })), [invalidRequest, 4], 'no version');
  t.strictSame(codeOf(JSON.stringify({ jsonrpc: '1.0', id: 4, method: 'a' })), [invalidRequest, 4]);
  for (const id of [null, {}, [], true, 'x'.repeat(65)]) {
    t.strictSame(
      codeOf(JSON.stringify({ ...whole, id, method: 'a' })),
      [invalidRequest, null],
      JSON.stringify(id),
    );
  }
  t.strictSame(codeOf(JSON.stringify({ ...whole, id: 4, method: 7 })), [invalidRequest, 4]);
  t.strictSame(codeOf(JSON.stringify({ ...whole, id: 4 })), [invalidRequest, 4]);
  t.strictSame(
    codeOf(JSON.stringify({ ...whole, result: 1 })),
    [invalidRequest, null],
    'a result of nothing',
  );
});

const kinds = ['request', 'notification', 'result', 'error', 'invalid'];
const member = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>('2.0', 'a', 1, null),
);
const likely = fc.record(
  {
    jsonrpc: fc.constantFrom('2.0', '1.0'),
    id: member,
    method: member,
    params: member,
    result: member,
    error: member,
  },
  { requiredKeys: [] },
);

t.test('no line makes it throw', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.json(),
    likely.map((message) => JSON.stringify(message)),
  );
  fc.assert(
    fc.property(line, (text) => {
      const message = readMessage(text);
      assert.ok(kinds.includes(message.kind));
      if ('id' in message)
        assert.ok(message.id === null || ['number', 'string'].includes(typeof message.id));
    }),
    { numRuns: 1000 },
  );
});
