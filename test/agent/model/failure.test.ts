import t from 'tap';
import {
  ConfigFailure,
  codeOf,
  Failure,
  LogFailure,
  ProtocolFailure,
  RequestFailure,
  TmuxFailure,
} from '../../../agent/model/failure.ts';

t.test('a failure has a name, a code and perhaps a cause', async (t) => {
  for (const Kind of [
    ConfigFailure,
    LogFailure,
    ProtocolFailure,
    RequestFailure,
    TmuxFailure,
    Failure,
  ]) {
    const plain = new Kind('no-luck', 'it did not work');
    t.match(plain, {
      name: Kind.name,
      code: 'no-luck',
      message: 'it did not work',
      retryable: false,
    });
    t.ok(plain instanceof Failure && plain instanceof Error);
    t.notOk('cause' in plain);
    const cause = new Error('deeper');
    t.match(new Kind('x', 'y', { retryable: true, cause }), { retryable: true, cause });
    t.ok('cause' in new Kind('x', 'y', { cause: undefined }), 'thrown undefined is a cause too');
  }
});

t.test('the code of what was thrown', async (t) => {
  t.equal(codeOf(Object.assign(new Error('gone'), { code: 'ENOENT' })), 'ENOENT');
  t.equal(codeOf(new Failure('no-luck', 'it did not work')), 'no-luck');
  for (const cause of [
    new Error('x'),
    Object.assign(new Error('x'), { code: 1 }),
    'ENOENT',
    null,
  ]) {
    t.equal(codeOf(cause), null);
  }
});
