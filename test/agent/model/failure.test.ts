import t from 'tap';
import {
  ConfigFailure,
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
