import type { KindName } from '../../agent/tell/journal/kinds.ts';

export interface Explanation {
  /** The heading `journalctl -x` shows. */
  subject: string;
  meaning: string;
  /** What to look at, and what to do. */
  look: string;
}

/**
 * What each kind of entry means. `@FIELD@` is replaced by the journal with the value of that field, which strangers
 * may have named: never in a command to copy, but for the number of an incident. A kind without a text does not compile.
 */
export const explanations: Readonly<Record<KindName, Explanation>> = {
  'agent.started': {
    subject: 'The agent of Holdfast started',
    meaning: 'The supervisor runs. The run before it, if there was one, ended in order.',
    look: 'Nothing has to be done. `holdfast status` shows what is supervised.',
  },
  'agent.unclean': {
    subject: 'The agent of Holdfast started after a run that was cut short',
    meaning:
      'The supervisor runs again. The run before it ended without saying so: it was killed, it crashed, or the machine went down. Sessions live on without the agent. What ended meanwhile was found at this start and recorded with the interval in which it happened.',
    look: 'Look at what came before with `journalctl -u holdfast-agent -n 50` and, after a reboot, with `journalctl -b -1 -e`. A watchdog, a memory limit and a crash each leave a line there.',
  },
  'agent.stopping': {
    subject: 'The agent of Holdfast stops',
    meaning:
      'The supervisor was told to stop. No session is touched, and none is watched until it is back.',
    look: 'Nothing has to be done if you meant it. `systemctl status holdfast-agent` says who stopped it last.',
  },
  'config.applied': {
    subject: 'A configuration of Holdfast is in force',
    meaning:
      'The configuration was read and holds from now on. Sessions that it newly declares are created.',
    look: 'Nothing has to be done. `holdfast sessions` shows what is declared and what lives.',
  },
  'config.rejected': {
    subject: 'A configuration of Holdfast was refused',
    meaning:
      'A changed configuration has mistakes. The one before stays in force as a whole, so nothing of the change holds.',
    look: '`holdfast check-config` names every mistake with its line. Mend them, then run `holdfast reload`.',
  },
  'link.connected': {
    subject: 'The link of @HOLDFAST_OWNER@ connected',
    meaning:
      "The process that runs tmux for this owner is there: the owner's servers can be asked.",
    look: 'Nothing has to be done.',
  },
  'link.lost': {
    subject: 'The link of @HOLDFAST_OWNER@ is lost',
    meaning:
      "The process that runs tmux for this owner went away. The owner's sessions live on. Until it is back the agent sees a server only by its process, and can neither create nor end a session on it.",
    look: 'It comes back by itself within seconds, and an entry says so. If not: `systemctl list-units "holdfast-*"` and the journal of its unit. The owner can end this process himself, as any other of his.',
  },
  'server.found': {
    subject: 'The tmux server @HOLDFAST_SERVER@ answers',
    meaning: 'A tmux server is watched from now on.',
    look: 'Nothing has to be done.',
  },
  'server.died': {
    subject: 'The tmux server @HOLDFAST_SERVER@ died',
    meaning:
      'The process of a tmux server is gone, and with it every session on it. A managed server is started again, and its declared sessions are created again. An adopted one is not.',
    look: '`holdfast incidents` lists what went with it; `holdfast why INCIDENT` says what ended it and what could not be seen.',
  },
  'server.socket_lost': {
    subject: 'The socket of the tmux server @HOLDFAST_SERVER@ is gone',
    meaning:
      'Somebody removed the socket while the server lives. No session is lost, but nobody can attach. Holdfast asks the server to create the socket again.',
    look: 'If it happens again, find what cleans that directory: `systemd-tmpfiles --cat-config` shows what is cleaned by age.',
  },
  'server.socket_restored': {
    subject: 'The socket of the tmux server @HOLDFAST_SERVER@ is back',
    meaning: 'The server can be reached again. No session was lost.',
    look: 'Nothing has to be done.',
  },
  'server.hung': {
    subject: 'The tmux server @HOLDFAST_SERVER@ does not answer',
    meaning:
      'The process of the server lives and does not answer: it was stopped, waits for a disk, or the machine is out of processor time. Its sessions are there, but nobody can reach them. Holdfast does not kill it.',
    look: '`holdfast status` shows its process id. A process in state T was stopped and goes on after `kill -CONT PID`; one in state D waits for a device.',
  },
  'server.resumed': {
    subject: 'The tmux server @HOLDFAST_SERVER@ answers again',
    meaning: 'The server had not answered for a while and does now. Its sessions are as they were.',
    look: 'Nothing has to be done.',
  },
  'supervision.started': {
    subject: 'The session @HOLDFAST_SESSION@ is supervised',
    meaning: 'This life of the session is watched from now on: it was just created, or was found.',
    look: 'Nothing has to be done.',
  },
  'session.ended': {
    subject: 'The session @HOLDFAST_SESSION@ ended as it was meant to',
    meaning:
      'An operator ended it, its shell exited by itself, or its panes live on elsewhere. That is no death, and the session is not brought back.',
    look: 'Nothing has to be done. `holdfast start SESSION` starts a declared session again.',
  },
  'session.died': {
    subject: 'The session @HOLDFAST_SESSION@ died',
    meaning:
      'The session ended and nobody meant it. A declared session is brought back unless its configuration says otherwise or it died too often.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows how it ended, its last screen, and the evidence for what ended it.',
  },
  'health.worse': {
    subject: 'A session is not well',
    meaning:
      'The session is there, and its checks agree that it is degraded, has failed, or waits for a person. The message names the check and what it found.',
    look: '`holdfast health` shows every check of it, when it was last looked at and what was found. `holdfast attach` goes to the session.',
  },
  'health.better': {
    subject: 'A session is well again',
    meaning: 'All checks of the session agree that it is well.',
    look: 'Nothing has to be done. `holdfast events` shows what it was before.',
  },
  'incident.opened': {
    subject: 'Incident @HOLDFAST_INCIDENT@ was opened',
    meaning:
      'Deaths of one server within two seconds are one incident. It is explained after a short wait for late evidence.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows what is known of it.',
  },
  'incident.grew': {
    subject: 'Incident @HOLDFAST_INCIDENT@ grew',
    meaning: 'More deaths belong to this incident. It is explained anew.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows what is known of it.',
  },
  'verdict.reached': {
    subject: 'Incident @HOLDFAST_INCIDENT@ was explained: @HOLDFAST_CAUSE@',
    meaning:
      'What ended these sessions, as far as it was seen. Done by: @HOLDFAST_ACTOR@. A verdict never guesses: its confidence is certain, likely or possible, and what was not seen is listed. A second verdict that only has more evidence is no entry.',
    look: '`holdfast why @HOLDFAST_INCIDENT@` shows the evidence, and what ran whoever did it. What each cause means, and what to do about it, is in docs/CAUSES.md.',
  },
  'recovery.suspended': {
    subject: 'Holdfast gave up on bringing something back on @HOLDFAST_SERVER@',
    meaning:
      'It died as often as the configuration allows within the window (recovery), so its breaker opens: it is left alone until an operator starts it, or until it is tried once after a long while (recovery.probeAfter). Other sessions are not affected.',
    look: '`holdfast incidents` and `holdfast why INCIDENT` say what ends it. Mend that, then run `holdfast start SESSION`.',
  },
  'recovery.resumed': {
    subject: 'Holdfast brings something back again on @HOLDFAST_SERVER@',
    meaning: 'An operator started what had been left alone. Its restarts are counted from zero.',
    look: 'Nothing has to be done.',
  },
  'recovery.left': {
    subject: 'Holdfast leaves a session on @HOLDFAST_SERVER@ as it ended (@HOLDFAST_REASON@)',
    meaning:
      'Its program exited with status 0 (clean-exit), it is declared with restart: never (restart-off), or somebody stopped it while it was down (operator). With restart: always the first would come back.',
    look: '`holdfast start SESSION` starts it again.',
  },
  'recovery.closed': {
    subject: 'What Holdfast had given up on @HOLDFAST_SERVER@ stays up again',
    meaning: 'It was tried once, and has been up and well for long. Its restarts are counted anew.',
    look: 'Nothing has to be done.',
  },
  'action.done': {
    subject: 'Holdfast carried out action @HOLDFAST_ACTION@',
    meaning:
      'A session or server was created, ended or repaired, or keys were typed into a session. The listing that followed shows the effect.',
    look: 'Nothing has to be done. Entries of one cause share HOLDFAST_TRACE.',
  },
  'action.failed': {
    subject: 'Action @HOLDFAST_ACTION@ of Holdfast failed',
    meaning:
      'The link or tmux refused it, or it went wrong. What is wanted and is not there is tried again, until that was done too often.',
    look: 'The entry names the reason. A directory that is missing, a command that is not there and a full disk are the usual ones.',
  },
  'action.lost': {
    subject: 'Nobody can tell whether action @HOLDFAST_ACTION@ was carried out',
    meaning:
      'The agent or the link went away in between, and the world does not show the outcome. It is not repeated blindly; what is still wanted is decided anew.',
    look: '`holdfast sessions` shows what is there now.',
  },
  'alert.sent': {
    subject: 'An alert was sent to @HOLDFAST_CHANNEL@',
    meaning: 'A channel accepted a message that people should hear of.',
    look: 'Nothing has to be done. `holdfast alerts` lists what was told, and where.',
  },
  'alert.failed': {
    subject: 'An alert did not reach @HOLDFAST_CHANNEL@',
    meaning:
      'The channel refused the message for good, or it was given up. It is not tried there again; other channels are not affected.',
    look: 'The entry names the reason. `holdfast alert test` tries every channel and shows what comes back.',
  },
  'alert.acknowledged': {
    subject: 'Incident @HOLDFAST_INCIDENT@ was acknowledged',
    meaning: 'A person said that he knows of it: it is not told again.',
    look: 'Nothing has to be done.',
  },
  'alert.silenced': {
    subject: 'Alerts were silenced',
    meaning:
      'A person asked not to be told of a session, or of anything, for a while. What happens meanwhile is recorded all the same.',
    look: 'Nothing has to be done if you meant it. `holdfast silence` lists the silences, `holdfast unsilence` ends one.',
  },
  'alert.unsilenced': {
    subject: 'A silence was ended',
    meaning: 'A person asked to be told again. A silence that runs out has no entry.',
    look: 'Nothing has to be done.',
  },
  'forecast.warned': {
    subject: 'Something is going to be used up',
    meaning:
      'Memory of a session, a file system, or something else that has a limit has grown for a while, and reaches its limit if it goes on so. MESSAGE says what and when.',
    look: '`holdfast status` has it while it stands, `holdfast top` shows the memory of all sessions. A session that leaks is restarted with `holdfast restart`, at a time of your choosing.',
  },
  'forecast.cleared': {
    subject: 'Something is no longer going to be used up',
    meaning: 'What was warned of has not grown for a quarter of an hour, or its session has ended.',
    look: 'Nothing has to be done.',
  },
  'remote.paired': {
    subject: '@HOLDFAST_REMOTE@ was paired with this machine',
    meaning:
      'Somebody showed the code that `holdfast pair` gave. From now on he is told of alerts, and may look and act from afar.',
    look: 'If that was nobody you know, run `holdfast pair --list`, and `holdfast pair --remove USER`.',
  },
  'remote.unpaired': {
    subject: '@HOLDFAST_REMOTE@ is no longer paired with this machine',
    meaning: 'He is told nothing more, and may do nothing more from afar.',
    look: 'Nothing has to be done.',
  },
  'remote.refused': {
    subject: '@HOLDFAST_REMOTE@ is not paired and asked for something',
    meaning:
      'Somebody who found the bot wrote to it. He got no answer and learnt nothing. Entries of one person are at least an hour apart.',
    look: 'Nothing has to be done. Anybody can write to a bot whose name he knows; if it is you, run `holdfast pair`.',
  },
  'bot.needs-login': {
    subject: 'A bot in the session @HOLDFAST_SESSION@ waits for a login',
    meaning:
      'The bot runs and can do nothing before somebody logs it in, by a QR code, a pairing code or in another way. What it takes for that is never written down.',
    look: 'Log it in: the bot shows how on its screen, and operators can ask the agent for it.',
  },
  'bot.logged-out': {
    subject: 'A bot in the session @HOLDFAST_SESSION@ was logged out',
    meaning:
      'The service ended the login of the bot: from another device, or because it was refused. The bot runs and can do nothing.',
    look: 'Log it in again. Where nobody meant it, see with the service which devices are logged in.',
  },
  'bot.lost': {
    subject: 'A bot in the session @HOLDFAST_SESSION@ is not heard any more',
    meaning:
      'The bot said how it is and stopped doing so, while its session goes on: its process ended inside the session, or hangs.',
    look: '`holdfast status` shows whether it is back. Else look at the screen of the session.',
  },
  'log.quarantined': {
    subject: "Holdfast's log of events was damaged or removed",
    meaning:
      'The database was set aside or gone, and a new one was made of what could be read. Sessions are not affected. Events may be missing, and subscribers are told which.',
    look: 'Look for what damaged it: `journalctl -k -p warning` for the disk, and who else writes below /var/lib/holdfast. Keep the file that was set aside until you know.',
  },
  'log.degraded': {
    subject: 'The disk took no events of Holdfast',
    meaning:
      'Supervision went on and events waited in memory. This entry was sent when they were stored at last; at the time itself there was a line in the process log of the agent.',
    look: '`df -h /var/lib/holdfast` and `df -i /var/lib/holdfast`; the code in the entry names the error (ENOSPC: full, EROFS: read-only, EIO: the disk).',
  },
  'log.recovered': {
    subject: 'The disk takes events of Holdfast again',
    meaning: 'What had waited in memory is stored.',
    look: 'Nothing has to be done. `holdfast status` says so if events had to be given up.',
  },
};
