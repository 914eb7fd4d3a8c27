import type { Reason } from '../../agent/decide/recovery/decision.ts';
import type { ActionKind } from '../../agent/model/events/action.ts';
import type { BotConnection, BotNeed } from '../../agent/model/events/bot.ts';
import type { ForecastWhat } from '../../agent/model/events/forecast.ts';
import type { Cause, Confidence, Scope } from '../../agent/model/events/incident.ts';
import type { RefreshHold, RefreshReason, RefreshWay } from '../../agent/model/events/refresh.ts';
import type { ServerEnd } from '../../agent/model/events/server.ts';
import type { UnitNext } from '../../agent/model/events/unit.ts';

const cause: Record<Cause, string> = {
  signal: 'A signal from outside ended the program or the server.',
  'tmux-command': 'tmux was told to end it: kill-session, kill-window, kill-pane and the like.',
  'program-exit': 'The program exited by itself.',
  'program-crash': 'The program brought a fatal signal upon itself.',
  'oom-cgroup': "The kernel killed it because its group's memory was used up.",
  'oom-system': "The kernel killed it because the machine's memory was used up.",
  oomd: 'systemd-oomd killed it.',
  rlimit: 'It ran into a resource limit.',
  'unit-stop':
    'systemd stopped or restarted the unit that the session, its tmux server or the bot ran in, or ended a declared unit by a limit of its own.',
  logout: "It ended with its user's login.",
  shutdown: 'The machine was shut down in order.',
  'host-crash': 'The machine went down without a word.',
  'socket-lost': 'The socket of the server was lost, and the session with it.',
  'server-hung': 'The server hung, and was ended for it.',
  intended: 'It was meant to end.',
  unknown: 'What was seen does not tell. `missing` says what was not seen.',
};

const scope: Record<Scope, string> = {
  pane: 'One pane. No rule of this release concludes it.',
  session: 'A session, or several that ended one by one.',
  server: 'The tmux server and every session on it.',
  host: 'The machine.',
};

const confidence: Record<Confidence, string> = {
  certain: 'The evidence leaves no other cause.',
  likely: 'The evidence fits, and could fit another cause.',
  possible: 'One of several causes that look alike from here.',
};

const actionKind: Record<ActionKind, string> = {
  'server.start': 'Start a managed tmux server.',
  'socket.repair': 'Have a server make its socket again.',
  'session.create': 'Create a declared session.',
  'session.kill': 'End a life.',
  'unit.start': 'Have systemd start a declared unit.',
  'unit.stop': 'Have systemd stop a declared unit.',
  'unit.restart': 'Have systemd restart a declared unit.',
  'keys.send': 'Type keys into a session. The keys are not stored.',
  'command.run': 'Run the command that renews the login of a session.',
  'signal.send': 'Send the signal that has a program renew its login.',
};

const serverEnd: Record<ServerEnd, string> = {
  exited: 'It took leave of its clients: kill-server, SIGTERM, or its last session ended.',
  killed: 'Its clients lost the connection: SIGKILL, or a crash of its own.',
  unknown: 'Nobody was looking.',
};

const forecastWhat: Record<ForecastWhat, string> = {
  memory: 'Memory of a session.',
  disk: 'Room on a file system.',
  inodes: 'Files on a file system.',
  descriptors: 'Open files of the whole machine.',
  ptys: 'Terminals of the whole machine.',
  processes: 'Processes and threads of the whole machine.',
};

const botConnection: Record<BotConnection, string> = {
  connecting: 'It is on its way.',
  'needs-login': 'It waits for somebody to log it in.',
  ready: 'It works.',
  degraded: 'It works, and not all of it.',
  disconnected: 'It has no connection to its service.',
  'logged-out': 'Its login was ended from outside.',
};

const botNeed: Record<BotNeed, string> = {
  qr: 'Somebody has to scan a QR code.',
  code: 'Somebody has to enter a pairing code.',
  login: 'Somebody has to log it in.',
};

const refreshWay: Record<RefreshWay, string> = {
  restart: 'The session is started anew.',
  command: 'A command is run.',
  signal: 'The program of the session is sent a signal.',
};

const refreshReason: Record<RefreshReason, string> = {
  age: 'It gets as old as `maxAge` allows.',
  expiry: 'The bot said when it runs out.',
  screen: 'The screen says that it has run out.',
  operator: 'A person asked for it.',
};

const refreshHold: Record<RefreshHold, string> = {
  'gave-up': 'It failed too often lately.',
  'needs-person': 'Only a person can log it in.',
};

const unitNext: Record<UnitNext, string> = {
  restarting: 'systemd starts it again, or has.',
  failed: 'systemd has given it up.',
  stopped: 'It stays down until somebody starts it.',
};

/** Why something was decided (`decision.made`). */
export const reasonMeanings: Readonly<Record<Reason | 'operator', string>> = {
  declared: 'It is declared and never ran yet.',
  died: 'A session ended and nobody meant it.',
  'resume-failed':
    'Its `resumeCommand` failed at once (within 10 s, with a status other than 0): it is started with its `command`.',
  'server-died': 'A managed server is gone.',
  'socket-lost': 'The socket of a server is gone.',
  exited: 'Its program exited with status 0, and it is declared with `restart: always`.',
  unhealthy: 'Its health checks fail, and it is declared with `onFailure: restart`.',
  refresh: 'Its login is renewed by starting it anew.',
  probe: 'Its breaker is open for long enough: it is tried once.',
  'backing-off': 'It came back lately, and waits a while before it does again.',
  'short-of-memory':
    'It ended because the machine was out of memory, which gets a moment to find its feet.',
  'waits-for-other': 'A session it is declared to come after is not up yet.',
  'clean-exit': 'Its program exited with status 0: it stays ended, but with `restart: always`.',
  'restart-off': 'It is declared with `restart: never`.',
  'too-many-restarts':
    'It came back too often lately: its breaker opens. It is left alone until an operator starts it, or it is tried once after a long while.',
  'probe-failed': 'It was tried once, and did not stay up: its breaker is open again.',
  steady: 'It has been up and well for long: what came before no longer counts against it.',
  operator: 'A person asked for it.',
};

/** By the name of the type that has these values. A value without a meaning does not compile. */
export const valueMeanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Cause: cause,
  Scope: scope,
  Confidence: confidence,
  ActionKind: actionKind,
  ServerEnd: serverEnd,
  ForecastWhat: forecastWhat,
  BotConnection: botConnection,
  BotNeed: botNeed,
  RefreshWay: refreshWay,
  RefreshReason: refreshReason,
  RefreshHold: refreshHold,
  UnitNext: unitNext,
};
