import type { EvidenceLine } from '../model/events/incident.ts';
import { jsonBytes } from '../model/json-size.ts';
import { printable } from '../model/text/printable.ts';

/** One line of evidence, printable, and cut to a length that keeps an event within its size. */
export const line = (at: number, source: string, text: string): EvidenceLine => ({
  at,
  source,
  text: printable(text).slice(0, 200),
});

/** Lines in order of time; each once. */
export const inOrder = (lines: readonly EvidenceLine[]): EvidenceLine[] => {
  const seen = new Map(lines.map((one) => [JSON.stringify([one.at, one.source, one.text]), one]));
  return [...seen.values()].toSorted((a, b) => a.at - b.at);
};

/** The lines that fit into so many bytes, the first ones first. */
export const fittingLines = (lines: readonly EvidenceLine[], maxBytes: number): EvidenceLine[] => {
  let room = maxBytes;
  return lines.filter((one) => {
    room -= jsonBytes(one) + 1;
    return room >= 0;
  });
};
