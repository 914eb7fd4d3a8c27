import type { KnownForecast } from '../state.ts';

/** Something that grows and reaches its limit; `text` says it for people, as of when the document was written. */
export interface ForecastStatus extends KnownForecast {
  text: string;
}
