import type { EvidenceLine } from '../model/events/incident.ts';
import { jsonBytes } from '../model/json-size.ts';

/** The lines that fit into so many bytes, the first ones first. */
export const fittingLines = (lines: readonly EvidenceLine[], maxBytes: number): EvidenceLine[] => {
  let room = maxBytes;
  return lines.filter((line) => {
    room -= jsonBytes(line) + 1;
    return room >= 0;
  });
};
