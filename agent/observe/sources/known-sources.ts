import type { SourceStatus } from '../../model/status.ts';
import type { Inquiry } from './inquiry.ts';

/** Which sources of evidence can be read here, as was last tried. */
export const createKnownSources = ({ probe }: Pick<Inquiry, 'probe'>) => {
  let known: SourceStatus[] = [];
  return {
    current: (): SourceStatus[] => known,
    async look(): Promise<void> {
      known = (await probe()).map(({ source: name, availability }) =>
        availability.ok
          ? { name, ok: true, why: null, advice: null }
          : { name, ok: false, why: availability.why, advice: availability.advice },
      );
    },
  };
};
