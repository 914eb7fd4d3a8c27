import type { DeathRecord } from '../model/events/death.ts';
import type { EvidenceLine } from '../model/events/incident.ts';
import type { Evidence } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { handedOn, SIGKILL, signalName } from './signals.ts';

/** One exit that speaks for the incident: the deaths of one incident share it or are told apart in the evidence. */
export const firstExit = ({ deaths }: Evidence) => {
  for (const death of deaths) {
    if (death.exit) return { death, exit: death.exit };
  }
  return null;
};

/** One whose first program tells of the SIGKILL of another by its status. */
export const tellsOfKill = ({ exit }: DeathRecord): boolean =>
  handedOn(exit?.status ?? null) === SIGKILL;

/** Whether it was SIGKILL that ended a program of it. */
export const wasKilled = (death: DeathRecord): boolean =>
  death.exit?.signal === SIGKILL || tellsOfKill(death);

/** Whether how it ended leaves room for that: it does where no exit was recorded. */
export const mayBeKilled = (death: DeathRecord): boolean => death.exit === null || wasKilled(death);

/** One line for each death, on how its session's last program ended. */
export const exitLines = ({ deaths }: Evidence): EvidenceLine[] =>
  deaths.slice(0, 20).map((death) => {
    const { exit } = death;
    const how = !exit
      ? 'no exit was recorded'
      : exit.signal === null
        ? `its last program exited with status ${exit.status ?? '?'}`
        : `its last program was ended by ${signalName(exit.signal)}`;
    return line(
      exit?.at ?? death.found,
      death.unit ? 'systemd' : 'tmux',
      `${death.session}: ${how}`,
    );
  });
