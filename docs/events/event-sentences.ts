import type { EventType } from '../../agent/model/event.ts';

/** What happened, one sentence for each type. A type without a sentence does not compile. */
export const eventSentences: Readonly<Record<EventType, string>> = {
  'agent.started': 'The agent runs.',
  'agent.stopping': 'The agent was told to stop. A run whose last event is another one was killed.',
  'config.applied': 'This configuration is in force from now on.',
  'config.rejected': 'A changed configuration cannot be used; the one before stays in force.',

  'link.connected': 'A link process said hello.',
  'link.lost': 'The connection to a link ended. It comes back by itself.',

  'server.found': 'A tmux server answers that did not before.',
  'server.died': 'The process of a tmux server is gone.',
  'server.socket_lost':
    'The socket of a server is gone while its process lives. No session is lost.',
  'server.socket_restored': 'The server answers on its socket again.',
  'server.hung': 'The process of a server lives and does not answer.',
  'server.resumed': 'A hung server answers again.',

  'session.declared': 'The configuration declares a session that it did not before, or elsewhere.',
  'session.undeclared': 'The configuration no longer declares a session.',
  'session.created': 'A session appeared on a server that was being watched.',
  'supervision.started': 'A life is watched from now on.',
  'session.renamed': 'tmux shows a session under another name.',
  'session.panes_changed': 'Panes came, went or moved.',
  'session.ended': 'A life ended and that was meant, or is nothing to worry about.',
  'session.died': 'A life ended and nobody meant it.',
  'supervision.ended': 'A life is no longer watched.',

  'health.changed':
    'A session is as well, or as unwell, as enough looks at it agree: see guides/health-monitoring.md.',

  'incident.opened': 'The first deaths of an incident.',
  'incident.grew': 'More deaths belong to an incident that is open.',
  'verdict.reached':
    'An incident was explained. Where deaths join later, or more is found out, another verdict takes the place of the first.',

  'decision.made': 'Holdfast, or an operator, decided something; the reason has a name.',
  'intent.declared': 'An operator means to end something. What then ends is no death.',
  'intent.expired': 'Nothing came of an intent in time: an end from now on is a death again.',
  'action.requested': 'An action is about to be carried out.',
  'action.done': 'An action was carried out.',
  'action.failed': 'An action was refused or went wrong.',
  'action.lost': 'Nobody can tell whether an action was carried out. It is not repeated.',

  'alert.sent': 'A message about an alert was told.',
  'alert.failed': 'A message about an alert did not arrive, and is not tried there again.',
  'alert.acknowledged': 'A person said that he knows of an incident.',
  'alert.silenced':
    'A person asked not to be told of a session, or of anything, for a while. It takes the place of an earlier silence about the same.',
  'alert.unsilenced': 'A silence was ended before its time. One that runs out has no event.',
  'forecast.warned':
    'Something grows, and reaches its limit if it goes on so: an estimate, no measurement.',
  'forecast.cleared': 'What was warned of is not to be expected any more.',
  'remote.paired': 'Somebody showed the code of this machine, and may ask for things from afar.',
  'remote.unpaired': 'Somebody may no longer ask for things from afar.',
  'remote.refused': 'A stranger wrote to the bot.',

  'bot.connection_changed':
    'A bot is connected to its service in another way than before, or is heard for the first time.',
  'bot.session_changed': 'The login of a bot with its service was made, renewed or changed.',
  'bot.error': 'Something went wrong in a bot, by its own word.',
  'bot.lost': 'A bot is not heard any more, and its session goes on.',

  'refresh.started':
    'The login of a session is being renewed before it runs out, because it has, or because somebody asked for it: see guides/session-expiry.md.',
  'refresh.done': 'A refresh worked: the login is a new one.',
  'refresh.failed':
    'A refresh did not work. It is tried again after a while, so often and no more.',
  'refresh.held': 'A login that should be renewed is left alone.',
  'refresh.released': 'A login that was left alone needs that no longer.',
  'unit.declared': 'A unit of systemd is declared, or its name is another one now.',
  'unit.undeclared': 'The configuration no longer declares the unit.',
  'unit.up': 'A declared unit runs, by the word of systemd.',
  'unit.ended': 'A run of a declared unit is over.',
  'unit.output': 'What a run of a declared unit that died wrote last, as the journal has it.',
  'unit.failed': 'A declared unit was given up by systemd: nothing starts it again by itself.',
  'unit.down':
    'A declared unit does not run, and systemd is not about to start it; of an end there is another event.',

  'log.quarantined':
    'The log was found damaged, replaced or removed, and rebuilt from what could be read.',
  'log.degraded': 'The disk takes no events now; they wait in memory.',
  'log.recovered': 'The disk takes events again.',
  'events.gap': 'Told to a subscriber alone, and never stored: here events are missing.',
};
