import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { loginFact } from '../../../../agent/observe/sources/parse/login-messages.ts';
import { oomdKill } from '../../../../agent/observe/sources/parse/oomd-message.ts';
import { authorization, runAs } from '../../../../agent/observe/sources/parse/requests.ts';
import { unitFact } from '../../../../agent/observe/sources/parse/unit-messages.ts';
import { anybody, type Document, logind, manager } from '../../observe/sources/recorded.ts';
import { atSecond } from '../witnessed/read-trace.ts';
import { entry, must } from './journal.ts';

const ofManager = (seconds: number, document: Document): SourceFact =>
  must(unitFact(entry(seconds, { ...manager, ...document }), 'systemd-jobs'));

export const stopping = (seconds: number, UNIT: string, JOB_TYPE = 'stop'): SourceFact =>
  ofManager(seconds, {
    ...{ UNIT, JOB_TYPE, MESSAGE_ID: 'de5b426a63be47a7b6ac3eaac82e2f6f' },
    MESSAGE: `Stopping ${UNIT} - a unit...`,
  });

export const stopped = (seconds: number, UNIT: string, JOB_TYPE = 'stop'): SourceFact =>
  ofManager(seconds, {
    ...{ UNIT, JOB_TYPE, JOB_RESULT: 'done', MESSAGE_ID: '9d1aaa27d60140bd96365438aad20286' },
    MESSAGE: `Stopped ${UNIT} - a unit.`,
  });

export const result = (seconds: number, UNIT: string, UNIT_RESULT: string): SourceFact =>
  ofManager(seconds, {
    ...{ UNIT, UNIT_RESULT, MESSAGE_ID: 'd9b373ed55a64feb8242e02dbe79a49c' },
    MESSAGE: `${UNIT}: Failed with result '${UNIT_RESULT}'.`,
  });

export const mainExited = (
  seconds: number,
  UNIT: string,
  how: 'exited' | 'killed',
  status: number,
): SourceFact =>
  ofManager(seconds, {
    ...{ UNIT, EXIT_CODE: how, EXIT_STATUS: String(status) },
    ...{ MESSAGE_ID: '98e322203f7a4ed290d09fe03c09fe15', COMMAND: 'ExecStart' },
    MESSAGE: `${UNIT}: Main process exited, code=${how}, status=${status}`,
  });

export const unitSignal = (seconds: number, UNIT: string, rest: string): SourceFact =>
  ofManager(seconds, { UNIT, MESSAGE: `${UNIT}: ${rest}` });

export const unitOom = (seconds: number, UNIT: string, by: 'kernel' | 'oomd'): SourceFact =>
  ofManager(seconds, {
    UNIT,
    MESSAGE_ID:
      by === 'kernel' ? 'fe6faa94e7774663a0da52717891d8ef' : 'd989611b15e44c9dbf31e3c81256e4ed',
    MESSAGE: `${UNIT}: A process of this unit has been killed.`,
  });

export const requested = (seconds: number, MESSAGE: string): SourceFact =>
  ofManager(seconds, { MESSAGE });

export const sudo = (seconds: number, command: string, uid = 1000): SourceFact =>
  must(
    runAs(
      entry(seconds, {
        ...{ ...anybody, _COMM: 'sudo', _EXE: '/usr/bin/sudo', _PID: '9917', _UID: String(uid) },
        MESSAGE: `deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=${command}`,
      }),
      'systemd-jobs',
    ),
  );

export const allowed = (seconds: number, command: string): SourceFact =>
  must(
    authorization(
      entry(seconds, {
        ...{ ...anybody, _COMM: 'polkitd', _UID: '996', _SYSTEMD_UNIT: 'polkit.service' },
        MESSAGE: `Operator of unix-session:3 successfully authenticated as unix-user:root to gain TEMPORARY authorization for action org.freedesktop.systemd1.manage-units for system-bus-name::1.23 [${command}] (owned by unix-user:deploy)`,
      }),
      'systemd-jobs',
    ),
  );

const ofLogind = (seconds: number, document: Document): SourceFact =>
  must(loginFact(entry(seconds, { ...logind, ...document }), 'logind'));

export const loginRemoved = (seconds: number, SESSION_ID: string, USER_ID = 'deploy'): SourceFact =>
  ofLogind(seconds, {
    ...{ MESSAGE_ID: '3354939424b4456d9802ca8333ed424a', SESSION_ID, USER_ID, LEADER: '1676' },
    MESSAGE: `Removed session ${SESSION_ID}.`,
  });

export const loggedOut = (seconds: number, session: string): SourceFact =>
  ofLogind(seconds, {
    MESSAGE: `Session ${session} logged out. Waiting for processes to exit.`,
  });

export const goingDown = (seconds: number, MESSAGE: string): SourceFact =>
  ofLogind(seconds, { MESSAGE_ID: '98268866d1d54a499c4e98921d93bc40', MESSAGE });

export const announced = (seconds: number, ACTION: string, OPERATOR: string): SourceFact =>
  ofLogind(seconds, {
    ...{ MESSAGE_ID: '9e7066279dc8403da79ce4b1a69064b2', ACTION, OPERATOR },
    MESSAGE: 'The system will reboot now!',
  });

export const oomdKilled = (seconds: number, group: string): SourceFact =>
  must(
    oomdKill(
      entry(seconds, {
        ...{ ...anybody, _COMM: 'systemd-oomd', _UID: '988' },
        _SYSTEMD_UNIT: 'systemd-oomd.service',
        MESSAGE: `Killed ${group} due to memory pressure for /user.slice being 73.65% > 50.00% for > 20s with reclaim activity`,
      }),
      'oomd',
    ),
  );

/** What /var/log/apt/history.log says, in whole seconds. */
export const packages = (
  seconds: number,
  endedAt: number | null,
  command = '/usr/bin/unattended-upgrade',
): SourceFact => ({
  ...{ kind: 'package-run', at: atSecond(seconds), source: 'packages', command, packages: 12 },
  ...{ endedAt: endedAt === null ? null : atSecond(endedAt), requestedBy: null, tmux: false },
  text: `apt changed 12 packages: ${command}`,
});

export const tmuxReplaced = (seconds: number): SourceFact => ({
  ...{ kind: 'package-change', at: atSecond(seconds), source: 'packages', package: 'tmux' },
  ...{ action: 'upgrade', from: '3.3a-3', to: '3.3a-4' },
  text: 'upgrade tmux:amd64 3.3a-3 3.3a-4',
});

export const bootRecord = (seconds: number, what: 'boot' | 'shutdown'): SourceFact => ({
  ...{ kind: 'boot-record', at: atSecond(seconds), source: 'logins', what },
  text: what === 'boot' ? 'the machine started' : 'the machine was shut down',
});
