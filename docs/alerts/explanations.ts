import type { AlertKind } from '../../exporters/notifier/classify/alert.ts';

export interface Explanation {
  /** In a heading's place in the table. */
  subject: string;
  meaning: string;
  /** What to do. */
  todo: string;
  /** From when on it is told. How long it is held is added. */
  told: string;
  /** When it is over. */
  over: string;
  /** The section that helps, below docs/. */
  runbook: string;
}

const onceOver =
  'It is told once. Ten minutes after the last time it is `lapsed`, and programs hear that.';

/** What each kind of alert means. A kind without a text does not compile. */
export const explanations: Readonly<Record<AlertKind, Explanation>> = {
  'session-died': {
    subject: 'One session or more died',
    meaning:
      'Sessions of one tmux server ended within two seconds, and nobody meant it. The alert says what ended them, how sure that is and what could not be seen, what was done about it, and what the screen showed last. A declared session is brought back unless its configuration says otherwise.',
    todo: 'If it came back and the cause is plain, nothing. Else `holdfast why` has the evidence. When the same session dies again and again, mend what it runs.',
    told: 'Once there is a verdict on the cause, which takes some 200 ms, or without one if it takes longer.',
    over: 'All of its sessions are back, or are no longer declared. Where none that is missing is declared, it is `lapsed` an hour after its last change.',
    runbook: 'runbooks/log-analysis.md#what-killed-a-session',
  },
  'session-failed': {
    subject: 'A session is there and has failed',
    meaning:
      'The session lives, and enough looks at it agree that it does not work: by what its screen says, by what it answers, or by what it needs. The alert names the check and what it found.',
    todo: '`holdfast health SESSION` shows every check. `holdfast attach SESSION` goes there.',
    told: 'At once: enough looks have agreed already.',
    over: 'Enough looks agree that it is well. Where it ends, or is something else, the alert is `lapsed`.',
    runbook: 'runbooks/health-checks.md#a-session-has-failed',
  },
  'session-degraded': {
    subject: 'A session works, and not well',
    meaning:
      'Enough looks at the session agree that something is not as it should be. The alert names the check and what it found.',
    todo: '`holdfast health SESSION` shows every check.',
    told: 'When it lasts so long.',
    over: 'Enough looks agree that it is well. Where it ends, or is something else, the alert is `lapsed`.',
    runbook: 'runbooks/health-checks.md#a-session-has-failed',
  },
  'session-waiting': {
    subject: 'A session waits for a person',
    meaning:
      'Its screen asks something, and a program goes on when somebody answers: an AI CLI that wants a permission. `health.waitingSeverity` of the session says how serious that is.',
    todo: '`holdfast attach SESSION`, and answer.',
    told: 'At once, and once per wait.',
    over: 'Enough looks agree that it waits no more. Where it ends, or is something else, the alert is `lapsed`.',
    runbook: 'runbooks/health-checks.md#a-session-waits-for-a-person',
  },
  'recovery-stopped': {
    subject: 'Holdfast gave up on a session or a tmux server',
    meaning:
      'It was brought back as often as `recovery` in the configuration allows, and is left alone now. Where the incident of its death is still open, that alert says so instead and becomes more serious.',
    todo: 'Find out why it ends, mend it, then `holdfast start SESSION`.',
    told: 'At once, unless its tmux server hangs, which is told then.',
    over: 'Somebody has it started again.',
    runbook: 'runbooks/log-analysis.md#what-one-session-did',
  },
  'server-died': {
    subject: 'A tmux server without sessions died',
    meaning:
      'The process of a tmux server is gone, and there was no session on it that could tell of it. Nothing can be started on it until it is back.',
    todo: 'See why it does not start.',
    told: 'When it is not back by then.',
    over: 'A tmux server answers there again.',
    runbook: 'runbooks/startup-shutdown.md#the-tmux-server-is-down',
  },
  'server-hung': {
    subject: 'A tmux server does not answer',
    meaning:
      'Its process lives and does not answer: it was stopped, waits for a disk, or the machine is out of processor time. Its sessions are there, but nobody can reach them. Holdfast does not kill it.',
    todo: '`holdfast status` has its process id. A process in state T goes on after `kill -CONT PID`; one in state D waits for a device.',
    told: 'At once.',
    over: 'It answers, or it died.',
    runbook: 'runbooks/startup-shutdown.md#the-tmux-server-is-down',
  },
  'socket-lost': {
    subject: 'A tmux server lost its socket',
    meaning:
      'Somebody removed the socket while the server lives, and it could not be made again. No session is lost, but nobody can attach.',
    todo: 'Find what cleans that directory. `kill -USR1` makes a tmux server create its socket again.',
    told: 'When the socket is not back by then, and the server neither hangs nor died.',
    over: 'The socket is back, or the server died.',
    runbook: 'runbooks/startup-shutdown.md#the-tmux-server-is-down',
  },
  'link-lost': {
    subject: 'The sessions of an owner are not watched',
    meaning:
      "The process that runs tmux for this owner went away and did not come back. The owner's sessions live on. Their ends are found late, and none of them is brought back.",
    todo: 'See why the link does not start.',
    told: 'When it is not back by then, which is longer than an upgrade takes, and the agent answers. Where agent or notifier only start, as after a reboot, that time begins anew.',
    over: 'The link connects.',
    runbook: 'runbooks/startup-shutdown.md#a-link-is-down',
  },
  'bot-needs-login': {
    subject: 'A bot waits for a login',
    meaning:
      'A bot says that it can do nothing before somebody logs it in. The alert says what it needs (a QR code to scan, a pairing code, or another login) and never what is in it.',
    todo: '`holdfast login SESSION` shows it on a terminal, the button below the message on the phone.',
    told: 'When it still waits by then.',
    over: 'It says that it works, or that it has another trouble. Where its session ends, it is `lapsed`.',
    runbook: 'runbooks/log-analysis.md#what-one-session-did',
  },
  'bot-logged-out': {
    subject: 'A bot was logged out',
    meaning: 'A bot says that its login was ended from outside, as from another device.',
    todo: 'Log it in again. Where nobody meant it, see with the service which devices are logged in.',
    told: 'At once.',
    over: 'It says that it works, or that it has another trouble. Where its session ends, it is `lapsed`.',
    runbook: 'runbooks/log-analysis.md#what-one-session-did',
  },
  'bot-disconnected': {
    subject: 'A bot is without its service, or not heard any more',
    meaning:
      'A bot says that it has no connection to its service, or stopped saying anything while its session goes on: its process ended, or hangs.',
    todo: '`holdfast status` has its state; see what its screen shows, and `holdfast restart SESSION`.',
    told: 'When it is not well again by then.',
    over: 'It says that it works, or that it has another trouble. Where its session ends, it is `lapsed`.',
    runbook: 'runbooks/log-analysis.md#what-one-session-did',
  },
  'refresh-failed': {
    subject: 'A login could not be renewed',
    meaning:
      'The login of a session was to be renewed before it runs out, and that failed as often as `refresh.maxAttempts` of the session allows. The bot works as long as its login lasts. It is tried again when `refresh.window` is over.',
    todo: '`holdfast status SESSION` says why the last try failed. Mend that, then `holdfast refresh SESSION`.',
    told: 'At once. A bot that waits for somebody has an alert of its own instead.',
    over: 'Its login is a newer one. Where its session ends, or its bot needs somebody, the alert is `lapsed`.',
    runbook: 'runbooks/health-checks.md#a-login-is-not-renewed',
  },
  'unit-died': {
    subject: 'A declared unit died',
    meaning:
      'A declared unit ended and nobody asked systemd for it. systemd starts it again (`Restart=`). Several within ten minutes of each other are one alert; from the third on it is an error.',
    todo: '`holdfast why NAME` says who or what ended it, `journalctl -u UNIT -n 50` the last words of the program.',
    told: 'Once there is a verdict on the cause, which takes some 200 ms, or without one if it takes longer.',
    over: onceOver,
    runbook: 'guides/telegram-gateway.md#when-it-dies',
  },
  'unit-failed': {
    subject: 'systemd has given up a declared unit',
    meaning:
      'A declared unit does not run, and systemd does not start it again: it died too often, or its `Restart=` does not cover how it ended.',
    todo: '`systemctl status UNIT`. When the reason is mended: `sudo systemctl reset-failed UNIT`, then `holdfast start NAME`.',
    told: 'Once there is a verdict on the cause, which takes some 200 ms, or without one if it takes longer.',
    over: 'The unit runs again, or somebody reset it, or it is no longer declared.',
    runbook: 'guides/telegram-gateway.md#when-systemd-gives-it-up',
  },
  'agent-killed': {
    subject: 'The agent was killed and runs again',
    meaning:
      'The run before this one ended without saying so: it was killed or it crashed. Sessions live on meanwhile; what ended in between was found at this start. When that comes a third time, each within ten minutes of the one before, it is `critical`.',
    todo: 'See what came before it in its journal: a watchdog, a memory limit and a crash each leave a line.',
    told: 'At once.',
    over: onceOver,
    runbook: 'runbooks/startup-shutdown.md#the-watchdog-killed-the-agent',
  },
  'agent-silent': {
    subject: 'The agent does not answer',
    meaning:
      'The notifier has no connection to the agent: nothing is watched, and nothing is brought back. Sessions live on.',
    todo: 'See why the agent does not start.',
    told: 'When it does not answer by then, which is longer than an upgrade takes.',
    over: 'The agent answers.',
    runbook: 'runbooks/startup-shutdown.md#the-agent-does-not-start',
  },
  'machine-restarted': {
    subject: 'The machine was restarted',
    meaning:
      'The agent started after a boot. Where sessions died of it, their incident tells of the restart and this alert is not told.',
    todo: 'If nobody meant it, see what came before with `journalctl -b -1 -e`.',
    told: 'Where no incident tells of it by then.',
    over: onceOver,
    runbook: 'runbooks/startup-shutdown.md#sessions-are-not-back-after-a-reboot',
  },
  'config-rejected': {
    subject: 'A configuration is refused',
    meaning:
      'The changed configuration has mistakes. The one before stays in force as a whole. The alert has the number of mistakes and the first of them.',
    todo: '`holdfast check-config` names every mistake with its line. Mend them, then `holdfast reload`.',
    told: 'At once.',
    over: 'A configuration is in force.',
    runbook: 'runbooks/startup-shutdown.md#a-reload-is-refused',
  },
  'log-degraded': {
    subject: 'Events cannot be stored',
    meaning:
      'The disk does not take what the agent records. Sessions are watched and brought back as ever, and events wait in memory.',
    todo: 'Make room, or see what is wrong with the disk.',
    told: 'When it is not well again by then.',
    over: 'Events are stored again.',
    runbook: 'runbooks/startup-shutdown.md#the-disk-is-full',
  },
  'log-damaged': {
    subject: 'The log of events was damaged',
    meaning:
      'A file of the log could not be read to its end. It is set aside, and the alert says how many of its events were saved.',
    todo: 'Look at the disk: a log is damaged by a power cut or by a device that fails.',
    told: 'At once.',
    over: onceOver,
    runbook: 'runbooks/startup-shutdown.md#the-disk-is-full',
  },
  'events-lost': {
    subject: 'The notifier missed events',
    meaning:
      'The notifier was away for so long that events were deleted before it had read them. The alert has their number. What is told of that time may not be whole.',
    todo: '`holdfast incidents` shows what is known. Where it happens again, see why the notifier does not run.',
    told: 'At once.',
    over: onceOver,
    runbook: 'runbooks/telegram-troubleshooting.md#the-notifier-does-not-run',
  },
  'running-out': {
    subject: 'Something is running out',
    meaning:
      'Memory of a session has grown towards its limit, or a file system, file descriptors, terminals or processes of the machine towards theirs, for at least twenty minutes, and reach it at the time the alert says if it goes on so. It is an estimate: [what is watched, and how well](FORECASTS.md).',
    todo: 'A session that leaks: `holdfast restart` at a time of your choosing, before the kernel chooses one; `holdfast top` shows all of them. A disk: find what fills it with `du -xh --max-depth=2 /`.',
    told: 'At once. When the time that is left has halved, the alert says so.',
    over: 'Nothing has been foretold for a quarter of an hour, or the session has ended.',
    runbook: 'FORECASTS.md#what-to-do',
  },
  'person-paired': {
    subject: 'Somebody was paired',
    meaning:
      'Somebody sent the code of `holdfast pair`. From now on he may ask about all sessions of this machine and act on them from the phone, whoever owns them.',
    todo: 'If you do not know him: `holdfast pair --remove USER`, and see who has access to the machine.',
    told: 'At once, past silences and quiet hours.',
    over: onceOver,
    runbook: 'runbooks/telegram-troubleshooting.md#nobody-is-paired',
  },
  test: {
    subject: 'A test',
    meaning: 'Somebody ran `holdfast alert test`. It goes past everything that holds alerts back.',
    todo: 'Nothing.',
    told: 'At once.',
    over: 'It is told once; no end of it is told.',
    runbook: 'runbooks/telegram-troubleshooting.md#an-alert-was-not-told',
  },
};
