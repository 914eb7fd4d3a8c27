import type { DeathRecord, HostSample } from '../../model/events/death.ts';
import { exitText } from '../view/exit-status.ts';
import { percent, plural, size } from '../view/quantity.ts';
import { duration } from '../view/time.ts';

/** A labelled line of the page. */
export interface Fact {
  label: string;
  text: string;
}

const lastCommandText = ({ text, source }: DeathRecord['lastCommand']): string =>
  source === 'not known' ? 'not known' : `${text} (${source})`;

const endText = ({ panes }: DeathRecord): string => {
  const known = panes.filter((pane) => pane.exit !== null);
  if (known.length === 0) return exitText(null);
  return known.map((pane) => `${pane.id} ${exitText(pane.exit)}`).join(', ');
};

const paneText = ({ panes }: DeathRecord): string => {
  const [first] = panes;
  if (!first) return 'none known';
  const more = panes.length > 1 ? ` and ${plural(panes.length - 1, 'pane')} more` : '';
  return `pid ${first.pid}: ${first.command} (${first.historyLines} lines of history)${more}`;
};

/** One death in five lines. */
export const deathFacts = (death: DeathRecord): Fact[] => [
  {
    label: 'lived',
    text: `${duration(death.ageMs)}, supervised for ${duration(death.supervisedMs)} of it`,
  },
  { label: 'last command', text: lastCommandText(death.lastCommand) },
  { label: 'ended', text: endText(death) },
  { label: 'program', text: paneText(death) },
  ...(death.usage
    ? [
        {
          label: 'used',
          text: `${size(death.usage.rssBytes)}, ${percent(death.usage.cpu)} of a processor, ${plural(death.usage.processes, 'process', 'processes')}`,
        },
      ]
    : []),
];

const shownProcesses = 3;

const busiest = ({ processes }: HostSample): string =>
  [...processes]
    .sort((a, b) => b.rssBytes - a.rssBytes)
    .slice(0, shownProcesses)
    .map(({ command, rssBytes }) => `${command.slice(0, 24)} ${size(rssBytes)}`)
    .join(', ');

const pressureText = ({ pressure }: HostSample): string =>
  pressure ? `; pressure cpu ${pressure.cpu}, memory ${pressure.memory}, io ${pressure.io}` : '';

/** The machine at the death and who shared it. */
export const surroundings = (death: DeathRecord): Fact[] => {
  const { host, alive, others, serverState } = death;
  const sample = host
    ? [
        {
          label: 'machine',
          text: `load ${host.load.map((load) => load.toFixed(2)).join(' ')}; ${size(host.memoryAvailableBytes)} of ${size(host.memoryTotalBytes)} free${pressureText(host)}`,
        },
        ...(host.processes.length > 0 ? [{ label: 'largest', text: busiest(host) }] : []),
      ]
    : [];
  const together = others.length > 0 ? `; at the same time: ${others.join(', ')}` : '';
  const rest = `${plural(alive, 'session')} left alive; tmux server ${serverState}${together}`;
  return [...sample, { label: 'others', text: rest }];
};
