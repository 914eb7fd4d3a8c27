import type { IncidentReport } from '../../protocol/agent.ts';
import type { Terminal } from '../frame/terminal.ts';
import { hanging } from './hanging.ts';
import type { Layout } from './layout.ts';

/** How the same came about before, and what would prevent it. An agent of an older release does not tell. */
export const patternLines = (
  { pattern }: Pick<IncidentReport, 'pattern'>,
  width: number,
  layout: Layout,
  terminal: Terminal,
): string[] => {
  if (!pattern) return [];
  const { text, prevention } = pattern;
  const often = hanging('', text, width, terminal, layout.pattern);
  return [
    ...often.map((line) => terminal.paint('yellow', line)),
    ...(prevention === null
      ? []
      : hanging('To prevent it: ', prevention, width, terminal, layout.pattern)),
  ];
};
