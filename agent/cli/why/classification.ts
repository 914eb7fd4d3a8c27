import type { Incident } from '../../model/state.ts';
import { unitsServer } from '../../model/unit-state.ts';

/** `signal, certain, scope session; server main; incident 01J…` */
export const classification = ({ verdict, server, incident }: Incident): string =>
  [
    ...(verdict ? [`${verdict.cause}, ${verdict.confidence}, scope ${verdict.scope}`] : []),
    server === unitsServer ? 'units of systemd' : `server ${server}`,
    `incident ${incident}`,
  ].join('; ');
