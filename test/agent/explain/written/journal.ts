import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { type Document, entryOf } from '../../observe/sources/recorded.ts';
import { atSecond } from '../witnessed/read-trace.ts';

/** Facts as the sources read them out of what was written down at `seconds` of a trace, in its recorded shape. */
export const must = (fact: SourceFact | null | undefined): SourceFact => {
  if (!fact) throw new Error('no source reads this');
  return fact;
};

export const entry = (seconds: number, document: Document) => {
  const at = String(Math.round(atSecond(seconds) * 1000));
  const times = { _SOURCE_REALTIME_TIMESTAMP: at, __REALTIME_TIMESTAMP: at };
  return entryOf({ ...document, ...times });
};
