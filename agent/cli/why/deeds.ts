import { type Deed, deedsIn } from '../../model/deeds.ts';
import { unitsServer } from '../../model/unit-state.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import type { Terminal } from '../frame/terminal.ts';
import { exactClock } from '../view/time.ts';
import { hanging } from './hanging.ts';
import type { Layout } from './layout.ts';
import { section } from './section.ts';
import { titled } from './titled.ts';

const title = 'What Holdfast did';
const none = '  nothing: it is not declared, or not to be brought back';
const noneOfUnits = '  nothing: what becomes of a unit is its Restart=, and up to systemd';

export const deedLines = (
  { events, incident: { server } }: IncidentReport,
  width: number,
  layout: Layout,
  terminal: Terminal,
): string[] => {
  const deeds = deedsIn(events);
  if (deeds.length === 0)
    return titled(title, [server === unitsServer ? noneOfUnits : none], terminal);
  const show = ({ at, text }: Deed): string[] =>
    hanging(`  ${exactClock(at)}  `, text, width, terminal, layout.lines);
  return section(title, deeds, layout.deeds, show, terminal);
};
