import { inspect } from 'node:util';
import t from 'tap';
import { outcomeOf } from '../../../../../exporters/notifier/telegram/alert/outcome.ts';
import type { Fault } from '../../../../telegram/faults.ts';
import { error, failureOf, startApi } from '../api/start-api.ts';

t.test('what a failure means for the message', async (t) => {
  const { server, send } = await startApi(t, { callTimeoutSeconds: 5 });
  const cases: [Fault, object][] = [
    [error(500, 'Internal Server Error'), { kind: 'later', code: '500', everything: false }],
    [error(502, 'Bad Gateway'), { kind: 'later', code: '502', everything: true, waitMs: null }],
    [
      { kind: 'error', code: 429, retryAfter: 120 },
      { kind: 'later', code: '429', waitMs: 120_000, everything: true },
    ],
    [error(401, 'Unauthorized'), { kind: 'unusable', code: '401' }],
    [error(404, 'Not Found'), { kind: 'unusable', code: '404' }],
    [error(403, 'Forbidden: bot was blocked by the user'), { kind: 'unusable', code: '403' }],
    [error(400, 'Bad Request: chat not found'), { kind: 'unusable', code: '400' }],
    [error(400, 'Bad Request: message is too long'), { kind: 'refused', code: '400' }],
    [error(302, 'Found'), { kind: 'later', code: '302' }],
    [error(409, 'Conflict'), { kind: 'later', code: '409' }],
    [
      { kind: 'page', code: 502, moment: 'before' },
      { kind: 'later', code: 'http-502' },
    ],
    [
      { kind: 'garbage', moment: 'before' },
      { kind: 'later', code: 'http-200' },
    ],
    [
      { kind: 'torn', moment: 'before' },
      { kind: 'later', everything: true, waitMs: null },
    ],
    [
      { kind: 'torn', moment: 'middle' },
      { kind: 'later', everything: true },
    ],
    [
      { kind: 'silence', moment: 'before' },
      { kind: 'later', code: 'timeout' },
    ],
  ];
  for (const [fault, outcome] of cases) {
    server.faults.next('sendMessage', fault);
    const failure = await failureOf(send());
    t.match(outcomeOf(failure), outcome, inspect(fault));
    t.equal(failure.method, 'sendMessage', inspect(fault));
  }
  t.ok(await send(), 'and afterwards all is well');
});
