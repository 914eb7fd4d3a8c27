import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { parseStatus } from '../../../exporters/prometheus/state/parse.ts';
import type { StateReading } from '../../../exporters/prometheus/state/reading.ts';
import type { View } from '../../../exporters/prometheus/view.ts';
import { aDocument, fixedNow } from './document.ts';

/** A reading of a fresh file that holds `document`, by way of its JSON. */
export const readingOf = (document: StatusDocument): StateReading => {
  const text = JSON.stringify(document);
  const parsed = parseStatus(text);
  return {
    ...parsed,
    file: { mtimeMs: fixedNow - 1500, bytes: Buffer.byteLength(text) },
    heartbeat: { at: document.writtenAt, ageMs: fixedNow - document.writtenAt },
  };
};

export const noFile: StateReading = {
  document: null,
  error: { reason: 'missing', detail: 'there is no such file: is the agent running?' },
  file: null,
  schema: null,
  heartbeat: null,
};

export const viewOf = (state: StateReading = readingOf(aDocument())): View => ({
  now: fixedNow,
  graceMs: 300_000,
  state,
  departed: [],
  self: {
    version: '0.1.0',
    nodeVersion: '26.10.0',
    startedAt: fixedNow - 60_000,
    cpuSeconds: 1.25,
    rssBytes: 50_000_000,
    anonBytes: 12_000_000,
    textfileFailures: 0,
    listening: true,
  },
});
