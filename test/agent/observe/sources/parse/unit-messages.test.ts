import t from 'tap';
import { unitFact } from '../../../../../agent/observe/sources/parse/unit-messages.ts';
import { anybody, type Document, entryOf, manager } from '../recorded.ts';

const UNIT = 'holdfast-tmux@deploy.service';
const fact = (document: Document, sender = manager) =>
  unitFact(entryOf({ ...sender, ...document }), 'systemd-jobs');

/** Recorded from systemd 257, the messages and their fields as they stand. */
const stopping: Document = {
  ...{ UNIT, JOB_TYPE: 'stop', MESSAGE_ID: 'de5b426a63be47a7b6ac3eaac82e2f6f' },
  MESSAGE: `Stopping ${UNIT} - tmux server of deploy, kept by Holdfast...`,
};
const stopped: Document = {
  ...{ UNIT, JOB_TYPE: 'restart', MESSAGE_ID: '9d1aaa27d60140bd96365438aad20286' },
  ...{ JOB_RESULT: 'done', MESSAGE: `Stopped ${UNIT} - tmux server of deploy, kept by Holdfast.` },
};
const exited: Document = {
  ...{ UNIT, MESSAGE_ID: '98e322203f7a4ed290d09fe03c09fe15', COMMAND: 'ExecStart' },
  ...{ EXIT_CODE: 'killed', EXIT_STATUS: '9' },
  MESSAGE: `${UNIT}: Main process exited, code=killed, status=9/KILL`,
};
const failed: Document = {
  ...{ UNIT, MESSAGE_ID: 'd9b373ed55a64feb8242e02dbe79a49c', UNIT_RESULT: 'signal' },
  MESSAGE: `${UNIT}: Failed with result 'signal'.`,
};
const kill: Document = {
  ...{ UNIT, MESSAGE: `${UNIT}: Killing process 1864 (tmux: server) with signal SIGKILL.` },
};

t.test('jobs, how the process ended, and with which result', async (t) => {
  const begun = { kind: 'unit-job', job: 'stop', phase: 'begun', result: null };
  t.match(fact(stopping), { at: 1795274341112, unit: UNIT, source: 'systemd-jobs', ...begun });
  t.match(fact(stopped), { kind: 'unit-job', job: 'restart', phase: 'finished', result: 'done' });
  t.match(fact(exited), { kind: 'unit-exit', how: 'killed', status: 9 });
  t.match(fact(failed), { kind: 'unit-result', result: 'signal' });
  const success = { MESSAGE_ID: '7ad2d189f7e94e70a38c781354912448', UNIT };
  t.match(fact(success), { kind: 'unit-result', result: 'success' });
});

t.test('a status that has only a name', async (t) => {
  t.match(fact({ ...exited, EXIT_CODE: 'exited', EXIT_STATUS: 'EXEC' }), { status: null });
  t.equal(fact({ ...exited, EXIT_CODE: 'vanished' }), null);
});

t.test('signals that systemd sends', async (t) => {
  const sent = { kind: 'unit-signal', pid: 1864, comm: 'tmux: server', signal: 'SIGKILL' };
  t.match(fact(kill), { ...sent, unit: UNIT, onRequest: false });
  const MESSAGE = `${UNIT}: Sent signal SIGTERM to main process 1864 (bash) on client request.`;
  t.match(fact({ UNIT, MESSAGE }), { signal: 'SIGTERM', comm: 'bash', onRequest: true });
  t.equal(fact({ ...kill, UNIT: 'other.service' }), null, 'the message is about another unit');
});

/** `unit_log_…oom` and `manager_dispatch_…` of src/core; the ids are those of sd-messages.h. */
t.test('want of memory', async (t) => {
  const kernel = { UNIT, MESSAGE_ID: 'fe6faa94e7774663a0da52717891d8ef' };
  t.match(fact(kernel), { kind: 'unit-oom', by: 'kernel' });
  const oomd = { UNIT, MESSAGE_ID: 'd989611b15e44c9dbf31e3c81256e4ed' };
  t.match(fact(oomd), { kind: 'unit-oom', by: 'oomd' });
});

t.test('who asked systemd itself', async (t) => {
  const recorded = { MESSAGE: "Reload requested from client PID 9979 ('systemctl')..." };
  const asked = { kind: 'manager-request', request: 'reload', pid: 9979, comm: 'systemctl' };
  t.match(fact(recorded), { ...asked, unit: null });
  const MESSAGE =
    "Reexecution requested from client PID 7 ('systemctl') (unit unattended-upgrades.service)...";
  t.match(fact({ MESSAGE }), { request: 'reexecution', unit: 'unattended-upgrades.service' });
});

t.test('other words of systemd are no facts', async (t) => {
  for (const MESSAGE of ['Reloading...', 'Startup finished in 567ms.', '']) {
    t.equal(fact({ MESSAGE }), null, MESSAGE);
    t.equal(fact({ MESSAGE, UNIT }), null, MESSAGE);
  }
});

t.test('nobody else speaks for systemd', async (t) => {
  const others: Document[] = [
    ...[anybody, { ...anybody, _COMM: 'systemd', SYSLOG_IDENTIFIER: 'systemd', SYSLOG_PID: '1' }],
    ...[
      { ...manager, _PID: '2' },
      { ...manager, _UID: '1000' },
    ],
    // A user's own systemd: whatever it says the user can say as well.
    { ...manager, _PID: '811', _UID: '1000', _SYSTEMD_UNIT: 'user@1000.service' },
    // What a unit prints before it runs another program.
    { ...manager, _TRANSPORT: 'stdout' },
  ];
  for (const sender of others) {
    for (const document of [stopping, stopped, exited, failed, kill]) {
      t.ok(fact(document));
      t.equal(fact(document, sender), null, JSON.stringify(sender));
    }
  }
});
