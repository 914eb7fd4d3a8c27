import t from 'tap';
import { loginFact } from '../../../../../agent/observe/sources/parse/login-messages.ts';
import { anybody, type Document, entryOf, logind } from '../recorded.ts';

const fact = (document: Document, sender = logind) =>
  loginFact(entryOf({ ...sender, ...document }), 'logind');

/** Recorded from systemd 257. */
const begun: Document = {
  ...{ MESSAGE_ID: '8d45620c1a4348dbb17410da57c60c66', SESSION_ID: 'c2', USER_ID: 'deploy' },
  ...{ LEADER: '1676', MESSAGE: 'New session c2 of user deploy.' },
};
const removed: Document = {
  ...{ ...begun, MESSAGE_ID: '3354939424b4456d9802ca8333ed424a', MESSAGE: 'Removed session c2.' },
};
/** src/login/logind-dbus.c: `log_struct` of a shutdown, and of the announcement of one. */
const rebooting: Document = {
  ...{ MESSAGE_ID: '98268866d1d54a499c4e98921d93bc40', MESSAGE: 'System is rebooting.' },
};
const announced: Document = {
  ...{ MESSAGE_ID: '9e7066279dc8403da79ce4b1a69064b2', ACTION: 'poweroff', OPERATOR: 'deploy' },
  MESSAGE: 'The system will power off now!',
};

t.test('sessions begin and end', async (t) => {
  const session = { kind: 'login-session', session: 'c2', user: 'deploy', leader: 1676 };
  t.match(fact(begun), { at: 1795273836517.104, source: 'logind', ...session, phase: 'begun' });
  t.match(fact(removed), { ...session, phase: 'removed' });
  const MESSAGE = 'Session 3 logged out. Waiting for processes to exit.';
  t.match(fact({ MESSAGE }), { session: '3', phase: 'logged-out', user: null, leader: null });
});

t.test('the machine goes down', async (t) => {
  t.match(fact(rebooting), { kind: 'shutdown', action: 'reboot', phase: 'begun', operator: null });
  const text = (MESSAGE: string) => fact({ ...rebooting, MESSAGE });
  t.match(text('System is rebooting with kexec.'), { action: 'kexec' });
  t.match(text('System is powering down (hypervisor initiated shutdown).'), { action: 'poweroff' });
  t.match(text('System is doing something new.'), { action: 'shutdown' });
  t.match(fact(announced), { action: 'poweroff', phase: 'announced', operator: 'deploy' });
  t.match(fact({ ...announced, ACTION: 'new' }), { action: 'shutdown' });
  t.equal(fact({ ...announced, ACTION: 'dry-reboot' }), null, 'somebody only tried');
});

t.test('other words of logind are no facts, and nobody else speaks for it', async (t) => {
  t.equal(fact({ MESSAGE: 'New seat seat0.', SEAT_ID: 'seat0' }), null);
  t.equal(fact({ MESSAGE: 'Config file reloaded.' }), null);
  t.equal(fact({ ...begun, SESSION_ID: undefined }), null);
  for (const document of [begun, removed, rebooting, announced]) {
    t.ok(fact(document));
    t.equal(fact(document, anybody), null);
    t.equal(fact(document, { ...anybody, _COMM: 'systemd-logind', _UID: '0' }), null);
    t.equal(fact(document, { ...logind, _UID: '1000' }), null);
  }
});
