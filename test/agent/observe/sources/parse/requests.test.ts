import t from 'tap';
import { authorization, runAs } from '../../../../../agent/observe/sources/parse/requests.ts';
import { anybody, type Document, entryOf } from '../recorded.ts';

/** Recorded from sudo 1.9 on Debian 12: the uid is that of the user, since only the effective one has changed. */
const sudo: Document = {
  ...{ ...anybody, _COMM: 'sudo', _EXE: '/usr/bin/sudo', _PID: '9917', _TRANSPORT: 'syslog' },
  MESSAGE:
    'deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/systemctl stop holdfast-tmux@deploy',
};
const asked = (document: Document) => runAs(entryOf({ ...sudo, ...document }), 'systemd-jobs');
const line = (MESSAGE: string) => asked({ MESSAGE });

t.test('a command through sudo', async (t) => {
  t.match(asked({}), {
    ...{ kind: 'run-as', uid: 1000, pid: 9917, asUser: 'root' },
    command: '/usr/bin/systemctl stop holdfast-tmux@deploy',
    text: 'uid 1000 ran as root: /usr/bin/systemctl stop holdfast-tmux@deploy',
  });
  t.match(line('  nobody : PWD=/tmp ; USER=games ; GROUP=mail ; COMMAND=/bin/true'), {
    ...{ asUser: 'games', command: '/bin/true' },
  });
});

t.test('a secret in it is not kept', async (t) => {
  const fact = line('d : PWD=/ ; USER=root ; COMMAND=/usr/bin/x --password=hunter2secret -v');
  t.ok(fact);
  t.notMatch(JSON.stringify(fact), 'hunter2secret');
});

t.test('a command that did not run is none', async (t) => {
  const rest = 'TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/systemctl stop x';
  for (const refusal of [
    'command not allowed',
    'user NOT in sudoers',
    '3 incorrect password attempts',
  ]) {
    t.equal(line(`deploy : ${refusal} ; ${rest}`), null, refusal);
  }
});

t.test('a directory or an argument that looks like the rest of the line', async (t) => {
  const fake = 'USER=root ; COMMAND=/usr/bin/systemctl stop x';
  t.equal(line(`d : PWD=/tmp/a ; ${fake} ; USER=root ; COMMAND=/bin/true`), null);
  t.equal(line(`d : PWD=/tmp ; USER=root ; COMMAND=/bin/echo ; ${fake}`), null);
  // Recorded: `sudo /bin/echo hi ';' COMMAND=x`.
  t.equal(line('nobody : PWD=/tmp ; USER=root ; COMMAND=/bin/echo hi ; COMMAND=x a#012b'), null);
});

t.test('who asked is the kernel’s word, and the program its own file', async (t) => {
  t.match(line('root : PWD=/ ; USER=root ; COMMAND=/bin/true'), { uid: 1000 });
  t.equal(asked({ _EXE: '/home/deploy/sudo' }), null);
  t.equal(asked({ _EXE: undefined }), null, 'a name alone is chosen by the process');
  t.equal(asked({ _UID: undefined }), null);
});

/** polkitbackendinteractiveauthority.c of polkit 122 and later. */
const polkit: Document = {
  ...{ ...anybody, _COMM: 'polkitd', _UID: '996', _SYSTEMD_UNIT: 'polkit.service' },
  MESSAGE:
    'Operator of unix-session:3 successfully authenticated as unix-user:root to gain TEMPORARY authorization for action org.freedesktop.systemd1.manage-units for system-bus-name::1.23 [systemctl stop holdfast-tmux@deploy] (owned by unix-user:deploy)',
};
const allowed = (document: Document) =>
  authorization(entryOf({ ...polkit, ...document }), 'systemd-jobs');

t.test('an authorization by polkit', async (t) => {
  t.match(allowed({}), {
    ...{ kind: 'authorization', granted: true, owner: 'deploy' },
    action: 'org.freedesktop.systemd1.manage-units',
    command: 'systemctl stop holdfast-tmux@deploy',
  });
  const MESSAGE =
    'Operator of unix-session:3 FAILED to authenticate to gain authorization for action org.freedesktop.systemd1.manage-units for unix-process:88:1234 [bash] (owned by unix-user:bot)';
  t.match(allowed({ MESSAGE }), { granted: false, owner: 'bot', command: 'bash' });
});

t.test('the command line in it is not taken for its owner, nor others for polkit', async (t) => {
  const text = String(polkit['MESSAGE']).replace(
    '[systemctl',
    '[x] (owned by unix-user:root) [systemctl',
  );
  t.match(allowed({ MESSAGE: text }), { owner: 'deploy' });
  t.equal(allowed({ _SYSTEMD_UNIT: 'session-3.scope' }), null);
  t.equal(allowed({ MESSAGE: 'Collecting garbage unconditionally...' }), null);
});
