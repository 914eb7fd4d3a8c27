import { duration } from '../../model/duration.ts';
import type { DeathRecord } from '../../model/events/death.ts';
import type { HostSample } from '../../model/events/measures.ts';
import { shortCommand } from '../../model/process-name.ts';
import { plural } from '../../model/text/plural.ts';
import { percent, size } from '../../model/text/quantity.ts';
import { exitText } from '../view/exit-status.ts';

/** A labelled line of the page. */
export interface Fact {
  label: string;
  text: string;
  /** Left out where there is no room: the greatest number first; 0: never. */
  optional: number;
}

const lastCommandText = ({ text, source }: DeathRecord['lastCommand']): string =>
  source === 'not known' ? 'not known' : `${text} (${source})`;

const watchedTexts: Readonly<Record<DeathRecord['watched'], string>> = {
  live: '',
  'link-down': ', while no link looked',
  'agent-down': ', while the agent was not running',
};

const programText = ({ panes, unit }: DeathRecord): string => {
  const [first] = panes;
  if (!first) return 'not known';
  if (unit) return `the main process, pid ${first.pid}`;
  const more = panes.length > 1 ? ` and ${plural(panes.length - 1, 'pane')} more` : '';
  return `${first.command}${more}; pid ${first.pid}, ${first.historyLines} lines of history`;
};

const usedText = ({ usage }: DeathRecord): string | null =>
  usage && usage.processes > 0
    ? `${size(usage.rssBytes)}, ${percent(usage.cpu)} of a processor, ${plural(usage.processes, 'process', 'processes')}`
    : null;

const pressureText = ({ pressure }: HostSample): string =>
  pressure ? `; pressure cpu ${pressure.cpu}, memory ${pressure.memory}, io ${pressure.io}` : '';

const machineText = ({ host }: DeathRecord): string | null => {
  if (!host) return null;
  const load = host.load.map((average) => average.toFixed(2)).join(' ');
  const memory = `${size(host.memoryAvailableBytes)} of ${size(host.memoryTotalBytes)} free`;
  return `load ${load}; ${memory}${pressureText(host)}`;
};

const shownProcesses = 3;
const shownCommand = 24;

const largestText = ({ host }: DeathRecord): string | null => {
  const largest = [...(host?.processes ?? [])]
    .sort((a, b) => b.rssBytes - a.rssBytes)
    .slice(0, shownProcesses)
    .map(
      ({ command, rssBytes }) =>
        `${shortCommand(command).slice(0, shownCommand)} ${size(rssBytes)}`,
    );
  return largest.length > 0 ? largest.join(', ') : null;
};

const othersText = ({ alive, others, serverState, unit }: DeathRecord): string | null => {
  if (unit) return others.length > 0 ? `at the same time: ${others.join(', ')}` : null;
  const together = others.length > 0 ? `; at the same time: ${others.join(', ')}` : '';
  return `${plural(alive, 'session')} left alive; tmux server ${serverState}${together}`;
};

/** One death: what it was, how it ended, and the machine around it. */
export const deathFacts = (death: DeathRecord): Fact[] => {
  const { ageMs, supervisedMs, exit, watched, unit } = death;
  const supervised = unit ? '' : `, supervised for ${duration(supervisedMs)} of it`;
  const facts: { label: string; text: string | null; optional: number }[] = [
    {
      label: 'lived',
      text: `${duration(ageMs)}${supervised}`,
      optional: 2,
    },
    { label: 'unit', text: unit ? `${unit.name}, Result=${unit.result}` : null, optional: 0 },
    { label: 'last lines', text: unit?.unread ?? null, optional: 0 },
    { label: 'last command', text: unit ? null : lastCommandText(death.lastCommand), optional: 0 },
    { label: 'ended', text: `${exitText(exit)}${watchedTexts[watched] ?? ''}`, optional: 0 },
    { label: 'program', text: programText(death), optional: 3 },
    { label: 'used', text: usedText(death), optional: 4 },
    { label: 'machine', text: machineText(death), optional: 1 },
    { label: 'largest', text: largestText(death), optional: 6 },
    { label: 'others', text: othersText(death), optional: 5 },
  ];
  return facts.filter((fact): fact is Fact => fact.text !== null);
};
