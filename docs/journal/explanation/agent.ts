import type { Explanations } from './explanation.ts';

export const agentExplanations: Explanations<'agent' | 'config'> = {
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
};
