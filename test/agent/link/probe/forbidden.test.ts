import t from 'tap';
import { forbidden } from '../../../../agent/link/probe/forbidden.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

t.test('what the link may not do says nothing about what was asked', async (t) => {
  for (const code of ['EAFNOSUPPORT', 'EPERM', 'EACCES']) {
    t.match(forbidden(failure(code)), { code: 'probe-forbidden' });
  }
  for (const cause of [failure('ECONNREFUSED'), new Error('no'), null])
    t.equal(forbidden(cause), null);
});
