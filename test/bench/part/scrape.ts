import type { Part } from '../part.ts';
import { benchScrape } from '../scrape.ts';

export const scrape: Part = {
  name: 'scrape',
  about: 'how long a scrape of the exporter takes',
  measure: async ({ progress }) => {
    progress('scrapes');
    const { sessions, p50Ms, p99Ms } = await benchScrape();
    return [
      { what: `scrape, ${sessions} sessions, median`, budget: null, measured: p50Ms, unit: 'ms' },
      { what: `scrape, ${sessions} sessions, p99`, budget: 10, measured: p99Ms, unit: 'ms' },
    ];
  },
};
